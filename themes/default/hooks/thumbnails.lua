-- thumbnails.lua - in which sizes and formats a picture is published.
--
-- This is the shipped behaviour.  A script of your site, of this name or another,
-- counts for the uses its list names; for all others this one does.
--
-- thumbnail(image, page) is called for every picture of every page:
--   image.path, image.name, image.kind ("jpeg", "png", "gif", "webp", "svg" ...)
--   image.width, image.height, image.alpha, image.animated
--   image.uses   what is wanted: {"figure"} in a text; {"card", "cover", "social"}
--                for the picture that stands for the page
--
-- It returns a list of variants, or false: then the file itself is shown.  A variant:
--   {use = "card", format = "webp", width = 720, height = 480, crop = "center", quality = 80}
-- Formats: "webp" (of screenshots without loss where that is smaller), "avif" (smaller still, and
-- slower), "jpeg", "png", and "plain", for browsers that know no other: PNG where parts are transparent,
-- else JPEG or PNG, whichever has fewer bytes.
-- A height needs a crop ("center", "top", or "interest": where edges and colours are).  Nothing is ever made larger than the
-- original; variants that come out alike are made once.  Those of an animation are its
-- first frame: for cards, and in a text for readers who want no motion; others see the file.
-- One square JPEG for cards and all else as it is, in hooks/thumbnails.lua of the site:
--
--   function thumbnail(image, page)
--     return {{use = "card", format = "jpeg", width = 320, height = 320, crop = "center"}}
--   end

local settings = hugi.config.images or {widths = {480, 960, 1600}, formats = {"webp"}}
local largest = math.max(table.unpack(settings.widths))

local make = {}

function make.figure(add)
  for _, format in ipairs(settings.formats) do
    for _, width in ipairs(settings.widths) do add(format, width) end
  end
  add("plain", largest)
end

function make.cover(add)
  for _, width in ipairs {960, 1600} do add("webp", width) end
  add("plain", 1600)
end

function make.card(add) add("webp", 720, 480) add("jpeg", 720, 480) end
function make.social(add) add("jpeg", 1200, 630) end

function thumbnail(image, page)
  if image.kind == "svg" then return nil end
  local list = {}
  for _, use in ipairs(image.uses) do
    make[use](function(format, width, height)
      list[#list + 1] = {use = use, format = format, width = width, height = height, crop = height and "center"}
    end)
  end
  return list
end
