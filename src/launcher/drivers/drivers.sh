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
part() { # FUNCTION
  why_not= began=$(date +%s)
  "$1" || {
    passed=false
    [ -z "$why_not" ] || say "$1: $why_not"
  }
  say "$1: $(($(date +%s) - began)) s"
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

# Calls a function with each line of standard input, as many at a time as there are processors.
side_by_side() { # FUNCTION
  lines=$(mktemp -d)
  cat >"$lines/all"
  workers=
  for turn in $(seq "$(getconf _NPROCESSORS_ONLN)"); do
    call_with_some "$1" &
    workers="$workers $!"
  done
  # shellcheck disable=SC2086
  wait $workers
  rm -r "$lines"
}

# With every line that nobody else has taken.
call_with_some() { # FUNCTION
  number=0
  while read -r line; do
    number=$((number + 1))
    mkdir "$lines/$number" 2>/dev/null || continue
    started=$(date +%s)
    "$1" "$line" </dev/null
    printf '%s\t%s\t%s\n' $(($(date +%s) - started)) "$1" "$line" >>"$results/seconds.tsv"
  done <"$lines/all"
}

# What is not there then, the part that needs it tries to fetch again, and says why it cannot.
fetch_tools() {
  unpack_compilers &
  if [ -z "$kernels" ]; then unpack_rusticl; fi
  unpack_oclgrind
  wait
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
  fetch_tools & # while PoCL, which is there, is at work
  fetching=$!
  [ -n "$kernels" ] || part run_in_groups
  wait $fetching || :
  part compile_kernels
  part simulate_kernels
  [ -n "$kernels" ] || part ask_rusticl
  say "the driver checks $([ "$passed" = true ] && echo passed || echo failed)"
  [ "$json" = 0 ] || printf '{"passed":%s,"compiled":%s,"simulated":%s,"groups":%s}\n' \
    "$passed" "$compiled" "$simulated" "$grouped"
  [ "$passed" = true ]
}
