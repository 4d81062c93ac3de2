-- Ends the build with a message. The driver reads the first line, and looks for what it names in the sources.
return function(name, message)
  io.stderr:write("REFUSED\t", name, "\n", message, "\n")
  os.exit(1, true)
end
