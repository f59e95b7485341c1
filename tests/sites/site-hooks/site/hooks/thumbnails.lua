-- The shipped hook, but one square JPEG for cards.
local settings = hugi.config.images or {widths = {480, 960, 1600}, formats = {"webp"}}
local largest = math.max(table.unpack(settings.widths))

-- What every browser can show: PNG keeps transparency and sharp small drawings.
local function fallback(image)
  local drawn = image.kind == "png" or image.kind == "gif"
  local small = image.width * image.height <= 400000
  return (drawn or image.kind == "webp") and image.alpha and "png" or drawn and small and "png" or "jpeg"
end

local make = {}

function make.figure(add, image)
  for _, format in ipairs(settings.formats) do
    for _, width in ipairs(settings.widths) do add(format, width) end
  end
  add(fallback(image), largest)
end

function make.cover(add, image)
  for _, width in ipairs {960, 1600} do add("webp", width) end
  add(fallback(image), 1600)
end

function make.card(add) add("jpeg", 320, 320) end
function make.social(add) add("jpeg", 1200, 630) end

function thumbnail(image, page)
  if image.kind == "svg" or image.animated then return nil end
  local list = {}
  for _, use in ipairs(image.uses) do
    make[use](function(format, width, height)
      list[#list + 1] = {use = use, format = format, width = width, height = height, crop = height and "center"}
    end, image)
  end
  return list
end
