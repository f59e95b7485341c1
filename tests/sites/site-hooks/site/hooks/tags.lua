-- Tags under /topics/X/, only those with two posts or more, without feeds.
function tag(term, site)
  if term.taxonomy ~= "tags" then return {} end -- as shipped
  if term.count < 2 then return nil end
  return {url = term.prefix .. "/topics/" .. term.slug .. "/", feed = false}
end
