-- Requests for wrk: nine in ten for one page, one in ten for a random step page.
-- Arguments: languages and countries, separated by commas.

local services = { "facebook", "instagram" }
local languages, countries

local function split(list)
    local items = {}
    for item in list:gmatch("[^,]+") do
        items[#items + 1] = item
    end
    return items
end

local function random_item(list)
    return list[math.random(#list)]
end

function init(arguments)
    languages, countries = split(arguments[1]), split(arguments[2])
end

function request()
    local path = "/" .. languages[1] .. "/step/1?service=facebook&country=" .. countries[1]
    if math.random(10) == 1 then
        path = "/" .. random_item(languages) .. "/step/" .. math.random(7)
            .. "?service=" .. random_item(services) .. "&country=" .. random_item(countries)
    end
    return wrk.format("GET", path)
end
