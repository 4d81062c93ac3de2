-- The theme's folder, in which report.lua has Lua look for all modules.
return (package.path:gsub("/%?%.lua$", ""))
