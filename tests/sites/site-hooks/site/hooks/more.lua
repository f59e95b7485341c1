-- A filter, a shortcode and a page.
hugi.filter("won", function(n) return string.format("%d만 원", n // 10000) end)

hugi.tag("speaker", function(args, page)
  return hugi.html('<p class="speaker">' .. hugi.escape(args[1]) .. " · " .. hugi.escape(page.title) .. "</p>")
end)

function site_collected(site)
  local lines = {}
  for _, page in ipairs(site.pages) do lines[#lines + 1] = "- [" .. page.title .. "](" .. page.path:gsub("^content", "") .. ")" end
  site:add{path = "index-of-all.md", title = "모든 글", body = table.concat(lines, "\n")}
end
