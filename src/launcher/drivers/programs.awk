# Reads lines of groups a unit, target, name and defines as plans have them, then folder/name of the kernels asked for.
# Prints lines for gpu-compile: the same program for several targets once, and each kernel with its defaults for targets
# that no plan has. With -v everything=1 for all targets, else for those that tell most.
FNR == NR {
  program = substr($0, length($1) + length($2) + 3)
  if (!(program in targets)) planned[$3] = planned[$3] "\n" program
  targets[program] = joined(targets[program], $2 ":" $1)
  covered[$3, $2]
  if (!everything && $2 ~ /^sm_/) covered[$3, "sm_75"]
  next
}

{
  split($0, path, "/")
  cpu = path[1] == "cpu"
  count = split(substr(planned[path[2]], 2), programs, "\n")
  for (i = 1; i <= count; i++) print_for(targets[programs[i]], path[1] "/" programs[i])
  count = split(defaults(), list, " ")
  rest = ""
  for (i = 1; i <= count; i++) if (!((path[2], list[i]) in covered)) rest = joined(rest, list[i])
  print_for(rest, $0 "\tC=4")
}

function defaults() {
  if (everything) return cpu ? "sm_75 gfx1100 spirv tgllp" : "sm_75 sm_80 sm_90 gfx1100 gfx90a spirv tgllp"
  return cpu ? "spirv" : "sm_75 gfx1100 tgllp"
}

function print_for(all, program) {
  if (!everything) all = few(all)
  if (all != "") print all "\t" program
}

# One of NVIDIA, the newest; one of AMD, that with fewer registers; where no registers are told, one program of a kernel, and
# as SPIR-V if Intel's compiler, which makes that too, is not given it.
function few(all, list, count, i, newest, told, chosen) {
  count = split(all, list, ",")
  for (i = 1; i <= count; i++) if (list[i] ~ /^sm_/ && list[i] > newest) newest = list[i]
  for (i = 1; i <= count; i++) {
    told = list[i] ~ /^(sm_|gfx)/
    if (list[i] ~ /^gfx90a/ && all ~ /gfx1100/) continue
    if (list[i] ~ /^sm_/ && list[i] != newest || list[i] ~ /^spirv/ && all ~ /tgllp/) continue
    if (told || !seen[path[2], substr(list[i], 1, 5)]++) chosen = joined(chosen, list[i])
  }
  return chosen
}

function joined(list, one) {
  return list (list == "" ? "" : ",") one
}
