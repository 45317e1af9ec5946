# Reads lines of groups a unit, target, name and defines as plans have them, then folder/name of the kernels asked for.
# Prints lines for gpu-compile: the same program for several targets once, and each kernel with its defaults for targets
# that no plan has.
FNR == NR {
  program = substr($0, length($1) + length($2) + 3)
  if (!(program in targets)) planned[$3] = planned[$3] "\n" program
  targets[program] = targets[program] (targets[program] == "" ? "" : ",") $2 ":" $1
  covered[$3, $2]
  next
}

{
  split($0, path, "/")
  count = split(substr(planned[path[2]], 2), programs, "\n")
  for (i = 1; i <= count; i++) print targets[programs[i]] "\t" path[1] "/" programs[i]
  all = path[1] == "cpu" ? "sm_75 gfx1100 spirv tgllp" : "sm_75 sm_80 sm_90 gfx1100 gfx90a spirv tgllp"
  rest = ""
  count = split(all, list, " ")
  for (i = 1; i <= count; i++) if (!((path[2], list[i]) in covered)) rest = rest (rest == "" ? "" : ",") list[i]
  if (rest != "") print rest "\t" $0 "\tC=4"
}
