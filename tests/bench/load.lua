-- What wrk asks for: the addresses in the file that is named after "--", one after the other; see load.py.

local requests, at = {}, 0

function init(arguments)
   for path in io.lines(arguments[1]) do
      requests[#requests + 1] = wrk.format("GET", path)
   end
end

function request()
   at = at % #requests + 1
   return requests[at]
end

function done(summary, latency, _)
   local errors = summary.errors
   local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
   print(string.format("RESULT %d %d %d %d %d", summary.requests, summary.duration, failed,
      latency:percentile(50), latency:percentile(99)))
end
