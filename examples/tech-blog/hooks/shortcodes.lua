-- shortcodes.lua - two shortcodes for posts. A shortcode gives Markdown, or
-- HTML by way of hugi.html().

-- {% session "B-12" %}: a session of the post's event, as one line.
hugi.tag("session", function(args, page)
  for _, session in ipairs(page.event and page.event.sessions or {}) do
    if session.code == args[1] then
      local speakers = table.concat(session.speakers, ", ")
      return string.format("**%s** · %s (%s, 난이도 %d)", session.code, session.title, speakers, session.level)
    end
  end
  error("the event of this post has no session '" .. tostring(args[1]) .. "'")
end)

-- {% quote who: "제갈온" %} ... {% endquote %}: what somebody said.
hugi.tag("quote", function(args)
  local lines = {}
  for line in args.body:gmatch("[^\n]+") do lines[#lines + 1] = "> " .. line end
  return table.concat(lines, "\n") .. "\n>\n> — " .. args.who .. "\n"
end, {block = true})
