# Sourced by ../test.sh: "test --drivers", what other drivers and compilers make of the kernels, without a GPU.
# shellcheck shell=sh disable=SC2154

scripts=$home/src/launcher/drivers
results=$home/target/drivers
. "$scripts/unpack.sh"
. "$scripts/compile.sh"
. "$scripts/simulate.sh"
. "$scripts/rusticl.sh"
. "$scripts/groups.sh"

# Runs one part; sets passed=false where it fails. Parts say themselves what was wrong.
part() { # FUNCTION ARGUMENT...
  why_not=
  "$@" && return
  passed=false
  [ -z "$why_not" ] || say "$1: $why_not"
}

# Whether a kernel is among those asked for: all, or those named.
is_wanted() { # NAME
  [ -z "$kernels" ] || case " $kernels " in *" $1 "*) ;; *) return 1 ;; esac
}

# Prints folder/name of every kernel asked for.
wanted_kernels() { # FOLDER...
  for folder; do
    for file in "$home/opencl/$folder"/*.cl; do
      name=${file##*/} name=${name%.cl}
      if is_wanted "$name"; then printf '%s/%s\n' "$folder" "$name"; fi
    done
  done
}

test_drivers() { # KERNEL...
  kernels=$*
  for kernel; do
    [ -n "$(wanted_kernels cpu gpu any | grep "/$kernel\$")" ] || fail 2 "no folder of opencl has a $kernel.cl"
  done
  find_caches
  rm -rf "$results"
  mkdir -p "$results"
  passed=true compiled=null simulated=null grouped=null
  part compile_kernels
  part simulate_kernels
  [ -n "$kernels" ] || part run_in_groups
  [ -n "$kernels" ] || part ask_rusticl
  say "the driver checks $([ "$passed" = true ] && echo passed || echo failed)"
  [ "$json" = 0 ] || printf '{"passed":%s,"compiled":%s,"simulated":%s,"groups":%s}\n' \
    "$passed" "$compiled" "$simulated" "$grouped"
  [ "$passed" = true ]
}
