-- Tags under /topics/X/, only those with two posts or more, without feeds.
function tag(term, site)
  if term.taxonomy ~= "tags" then
    return {url = term.default_url, title = term.name, layout = "term", per_page = site.paginate, feed = true}
  end
  if term.count < 2 then return nil end
  return {url = term.prefix .. "/topics/" .. term.slug .. "/", title = term.name, layout = "term", per_page = site.paginate, feed = false}
end
