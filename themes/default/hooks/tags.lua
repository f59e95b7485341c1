-- tags.lua - which page every tag, category, series and author gets.
--
-- This is the shipped behaviour.  To change it, copy this file to
-- hooks/tags.lua of your site, which then takes its place, and edit it there.
--
-- tag(term, site) is called once for every term of every taxonomy:
--   term.name          "AWS"           term.taxonomy      "tags", "categories", "series", "authors" ...
--   term.slug          "aws"           term.count         number of posts
--   term.prefix        "" or "/en"     term.pages         its posts, newest first
--   term.default_url   "/tags/aws/"    term.page          an author's own page, or nil
--
-- It returns a table (url, title, layout, per_page, feed; what it leaves out is as
-- below), or nil for no page: then nothing links to it.  For example, tags under /topics/, only those with
-- two posts or more, and without feeds:
--
--   function tag(term, site)
--     if term.taxonomy ~= "tags" then return {} end       -- as shipped
--     if term.count < 2 then return nil end
--     return {url = term.prefix .. "/topics/" .. term.slug .. "/", feed = false}
--   end

function tag(term, site)
  return {
    url = term.default_url,
    title = term.name,
    layout = "term",
    per_page = site and site.paginate,
    feed = true,
  }
end
