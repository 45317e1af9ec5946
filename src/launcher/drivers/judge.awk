# Reads the programs that gpu-compile was given, then its rows, which it prints with the groups a unit that were assumed. A row is crowded where a unit has room for
# fewer groups than was said behind the target, but for one in eight: registers come in steps. Ends with 1 if a row is wrong, or missing.
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
  program = $1 SUBSEP $2 SUBSEP $9
  if (program in wanted) missing--
  if ($3 == "ok" && $7 + 0 == $7 && $7 < 7 / 8 * wanted[program]) {
    $3 = "crowded"
    $8 = wanted[program] " groups a unit assumed; " $8
  }
  if ($3 !~ /^(ok|unknown)$/) wrong = 1
  print $0, wanted[program] + 0
}

END {
  if (missing) print "gpu-compile: " missing " rows are missing" >"/dev/stderr"
  exit wrong || missing
}
