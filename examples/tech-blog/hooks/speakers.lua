-- speakers.lua - adds the page /speakers/: everyone whose session we heard,
-- with the posts that tell of it. Nothing is kept by hand.

function site_collected(site)
  local heard, names = {}, {}
  for _, page in ipairs(site.pages) do
    for _, session in ipairs(page.meta.sessions or {}) do
      for _, name in ipairs(page.path:find("/posts/", 1, true) and session.speakers or {}) do
        if not heard[name] then
          heard[name] = {}
          names[#names + 1] = name
        end
        table.insert(heard[name], string.format("- [%s](%s): %s", page.title, page.path:gsub("^content/", "/"), session.title))
      end
    end
  end
  table.sort(names)

  local lines = {"귤상자 사람들이 발표를 듣고 온 분들입니다.", ""}
  for _, name in ipairs(names) do
    lines[#lines + 1] = "## " .. name .. "\n\n" .. table.concat(heard[name], "\n") .. "\n"
  end
  site:add{path = "speakers.md", title = "들은 발표자", body = table.concat(lines, "\n")}
end
