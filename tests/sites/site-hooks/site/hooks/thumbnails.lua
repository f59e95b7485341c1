-- One square JPEG for cards; what is not answered for stays as the theme has it.
function thumbnail(image, page)
  return {{use = "card", format = "jpeg", width = 320, height = 320, crop = "center"}}
end
