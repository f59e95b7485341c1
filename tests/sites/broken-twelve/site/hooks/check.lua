-- Fails on one page.
function page_read(page)
  if page.path == "content/posts/09-lua.md" then
    local event = nil
    page.title = event.name
  end
end
