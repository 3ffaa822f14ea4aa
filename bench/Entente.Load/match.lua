-- The load of bench/Entente.Load for wrk:
--   wrk -t2 -c16 -d10s --latency -s bench/Entente.Load/match.lua http://127.0.0.1:8080 -- KEY NAMES_FILE BATCH
-- NAMES_FILE holds one name on each line; BATCH is how many of them each request asks for (1 unless given).

local requests, at = {}, 0

local function escape(text)
  return (text:gsub('[%c"\\]', function(c) return string.format("\\u%04x", c:byte()) end))
end

function init(arguments)
  local key, file, batch = arguments[1], arguments[2], tonumber(arguments[3] or "1")
  wrk.method = "POST"
  wrk.headers["Authorization"] = "Bearer " .. key
  wrk.headers["Content-Type"] = "application/json"
  local parts = {}
  for name in io.lines(file) do
    parts[#parts + 1] = string.format('"q%d":{"schema":"Person","properties":{"name":["%s"]}}', #parts, escape(name))
    if #parts == batch then
      requests[#requests + 1] = wrk.format("POST", "/match/default", nil, '{"queries":{' .. table.concat(parts, ",") .. "}}")
      parts = {}
    end
  end
  at = math.random(#requests)
end

function request()
  at = at % #requests + 1
  return requests[at]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("not 200: %d, socket errors: %d\n", errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
