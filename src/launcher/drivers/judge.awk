# Reads the programs that gpu-compile was given, then its rows, which it prints. A row is crowded where a unit has room for
# fewer groups than was said behind the target. Ends with 1 if a row is wrong, or missing.
BEGIN { FS = OFS = "\t" }

FNR == NR {
  defines = substr($0, length($1) + length($2) + 3)
  gsub(/\t/, " ", defines)
  count = split($1, list, ",")
  for (i = 1; i <= count; i++) {
    split(list[i], target, ":")
    wanted[$2, target[1], defines] = target[2] + 0
    missing++
  }
  next
}

{
  missing--
  groups = wanted[$1, $2, $8]
  if ($3 == "ok" && $6 + 0 == $6 && $6 < groups) {
    $3 = "crowded"
    $7 = "for " groups " groups a unit assumed; " $7
  }
  if ($3 !~ /^(ok|unknown)$/) wrong = 1
  print
}

END {
  if (missing) print "gpu-compile: " missing " rows are missing" >"/dev/stderr"
  exit wrong || missing
}
