-- One of each: what is read here is what an incremental build has to know of.
hugi.filter("shout", function(s) return tostring(s) .. "!" end)

hugi.tag("recent", function(args, page)
  local motto = hugi.once("motto", function() return hugi.read("data/motto.txt") or "none" end)
  return hugi.html("<em>" .. hugi.escape(motto) .. "</em>")
end)

function page_read(page)
  if not page.mood then page.mood = hugi.read("data/mood.txt") or "보통" end
end

function site_collected(site)
  local lines = {}
  for _, page in ipairs(site.pages) do lines[#lines + 1] = "- " .. page.title end
  site:add{path = "index-of-all.md", title = "모든 글", body = table.concat(lines, "\n")}
end

function page_html(page)
  local extra = hugi.read("data/extra.txt")
  if extra then page.html = page.html .. "<p>" .. hugi.escape(extra .. page.title) .. "</p>" end
end

function output(out)
  if out.kind == "page" then
    out.bytes = out.bytes .. "<!-- " .. (hugi.read("data/stamp.txt") or out.layout) .. " -->\n"
  end
end
