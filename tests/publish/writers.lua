-- A filter of Pandoc's that tells what each of the theme's writers gives: "page link function". The environment names the
-- theme and the writers.
package.path = os.getenv("THEME") .. "/?.lua"

function Pandoc()
  for name in os.getenv("WRITERS"):gmatch("%S+") do
    for key, value in pairs(require("writers." .. name)) do io.stdout:write(("%s %s %s\n"):format(name, key, type(value))) end
  end
end
