# Makes a table for src/docs/gpu.md of gpu-compile's rows: of each kernel for GPUs, and each tile, the most that a program of
# it needs, and the groups that a unit has room for beside those assumed, where that is tightest.
# awk -f src/launcher/drivers/table.awk target/drivers/compiled.tsv
BEGIN {
  FS = "\t"
  count = split("sm gfx11 gfx90a", targets, " ")
  print "| kernel | registers: NVIDIA | `gfx1100` | `gfx90a` | spilled | local memory, bytes | groups a unit, room for and assumed: NVIDIA | `gfx1100` | `gfx90a` |"
  print "|---|---|---|---|---|---|---|---|---|"
}

$1 ~ /^gpu\// {
  for (t = 1; t <= count; t++) if (index($2, targets[t]) == 1) add(substr($1, 5) tile($9), t)
}

END {
  for (i = 1; i <= rows; i++) {
    name = names[i]
    line = "| `" name "` |"
    for (t = 1; t <= count; t++) line = line " " number(registers[name, t]) " |"
    line = line " " spilled[name] + 0 " | " local[name] + 0 " |"
    for (t = 1; t <= count; t++) line = line " " number(room[name, t]) (assumed[name, t] ? ", " assumed[name, t] : "") " |"
    print line
  }
}

function add(name, t) {
  if (!(name in known)) names[++rows] = name
  known[name]
  registers[name, t] = most(registers[name, t], $4)
  spilled[name] = most(spilled[name], $5)
  local[name] = most(local[name], $6)
  if (!((name, t) in room) || ($7 + 0) * assumed[name, t] < room[name, t] * $10) {
    room[name, t] = $7 + 0
    assumed[name, t] = $10
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
