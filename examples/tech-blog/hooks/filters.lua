-- filters.lua - {{ 12800000 | won }} in a post or a template gives "1,280만 원".

local function commas(n)
  local text, count = tostring(n), 1
  while count > 0 do text, count = text:gsub("^(%d+)(%d%d%d)", "%1,%2") end
  return text
end

hugi.filter("won", function(amount)
  local n = math.tointeger(amount)
  if not n then error("won wants a whole number, not " .. tostring(amount)) end
  if n >= 10000 and n % 10000 == 0 then return commas(n // 10000) .. "만 원" end
  if n >= 10000 then return commas(n // 10000) .. "만 " .. commas(n % 10000) .. "원" end
  return commas(n) .. "원"
end)
