-- Asks for several things in turn, and looks at every answer: it is whole, and its total is one that some commit has.
-- `step`: every commit adds so many articles, all of which the queries find.
local step = tonumber(os.getenv("STEP"))
local paths = {
  "/api/v1/search?q=ferry&limit=10",
  "/api/v1/search?q=ferry+harbour&sort=newest&limit=10",
  "/api/v1/search?q=%22ferry+harbour%22&timeline=year&facet=source&limit=5",
  "/api/v1/search?q=ferr*&limit=1",
  "/?q=ferry",
  "/api/v1/status",
}
-- Globals: `done` reads them from each thread.
number, wrong, first = 0, 0, ""
local threads = {}

function setup(thread)
  table.insert(threads, thread)
end

function init()
  number, wrong, first = 0, 0, ""
end

function request()
  number = number + 1
  return wrk.format("GET", paths[number % #paths + 1])
end

function response(status, headers, body)
  local found = body:match('"total":(%d+)') or body:match('"articles":(%d+)')
  local whole = body:sub(-2) == "}\n" or body:find("</html>", 1, true)
  if status ~= 200 or not whole or (found and tonumber(found) % step ~= 0) then
    wrong = wrong + 1
    if first == "" then first = status .. " " .. body:sub(1, 300) end
  end
end

function done(summary, latency, requests)
  local wrongs, example = 0, ""
  for _, thread in ipairs(threads) do
    wrongs = wrongs + thread:get("wrong")
    if example == "" then example = thread:get("first") end
  end
  local e = summary.errors
  io.write(string.format(
    'RESULT {"requests": %d, "seconds": %.1f, "wrong": %d, "connect": %d, "read": %d, "write": %d, "timeout": %d, "status": %d, "p50_ms": %.2f, "p99_ms": %.2f, "max_ms": %.2f}\n',
    summary.requests, summary.duration / 1e6, wrongs, e.connect, e.read, e.write, e.timeout, e.status,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, latency.max / 1e3))
  if example ~= "" then io.write("EXAMPLE " .. example .. "\n") end
end
