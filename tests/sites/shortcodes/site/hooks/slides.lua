-- A shortcode of the site, and one that replaces hugi's own.
hugi.tag("slides", function(args) return "[발표 자료](" .. args[1] .. ")" end)
hugi.tag("vimeo", function(args) return hugi.html("<span>Vimeo " .. args[1] .. "</span>") end)
