# Makes a table for src/docs/gpu.md of gpu-compile's rows: of each kernel for GPUs, and each tile, the most that a program of it needs.
# awk -f src/launcher/drivers/table.awk target/drivers/compiled.tsv
BEGIN {
  FS = "\t"
  count = split("sm_80 sm_90 gfx1100 gfx90a", targets, " ")
  print "| kernel | registers on `sm_80` | `sm_90` | `gfx1100` | `gfx90a` | spilled | local memory, bytes | groups that an `sm_90` unit has room for |"
  print "|---|---|---|---|---|---|---|---|"
}

$1 ~ /^gpu\// && $2 ~ /^(sm_80|sm_90|gfx1100|gfx90a)$/ {
  name = substr($1, 5) tile($9)
  if (!(name in known)) names[++rows] = name
  known[name]
  registers[name, $2] = most(registers[name, $2], $4)
  spilled[name] = most(spilled[name], $5)
  local[name] = most(local[name], $6)
  if ($2 == "sm_90" && (!(name in room) || $7 < room[name])) room[name] = $7 + 0
}

END {
  for (i = 1; i <= rows; i++) {
    line = "| `" names[i] "` |"
    for (t = 1; t <= count; t++) line = line " " number(registers[names[i], targets[t]]) " |"
    print line " " spilled[names[i]] + 0 " | " local[names[i]] + 0 " | " number(room[names[i]]) " |"
  }
}

function most(a, b) {
  return a + 0 > b + 0 ? a + 0 : b + 0
}

function number(value) {
  return value ? value : "–"
}

function tile(defines) {
  return defines ~ /TILE_M=/ ? " " value(defines, "TILE_M") "x" value(defines, "TILE_N") "x" value(defines, "TILE_K") : ""
}

function value(defines, name) {
  sub(".*" name "=", "", defines)
  sub(/[^0-9].*/, "", defines)
  return defines
}
