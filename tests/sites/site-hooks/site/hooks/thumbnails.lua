-- One square JPEG for cards; all else is the theme's.
function thumbnail(image, page)
  return {{use = "card", format = "jpeg", width = 320, height = 320, crop = "center"}}
end
