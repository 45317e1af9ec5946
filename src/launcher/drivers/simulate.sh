# Sourced by drivers.sh: kernels for GPUs in Oclgrind, which checks each access: inside its buffer, of a value that was
# written, in no race with another work-item.
# shellcheck shell=sh disable=SC2154

# Multiply-adds of the largest case: the simulator does about a million a second.
largest_case=${CLARINET_SIMULATED_WORK:-30000}

# Runs a native test on the kernels of a folder; what Oclgrind reports goes to a file of its own. It lacks what clang makes
# of restrict in an inlined function, and freeze, which clang makes of a quotient beside a remainder if it optimises; of
# other optimised code it crashes.
simulate() { # TEST_AND_FOLDER
  test=${1% *} out=$results/oclgrind/${1% *}
  options="-Drestrict= -Dalways_inline=noinline"
  status=0
  simulate_with "${1#* }" "$largest_case" "$options" || status=$?
  [ "$status" != 0 ] || return 0
  if [ "$status" -gt 128 ] || grep -q 'OCLGRIND FATAL ERROR' "$out.reports" "$out.log"; then
    simulate_with "${1#* }" $((largest_case / 4)) "$options -cl-opt-disable" && return
  fi
  mv "$out.log" "$out.failed"
}

simulate_with() { # FOLDER LARGEST_CASE BUILD_OPTIONS
  OCLGRIND_LOG=$out.reports OCLGRIND_DATA_RACES=1 OCLGRIND_UNINITIALIZED=1 OCLGRIND_NUM_THREADS=1 \
    OCLGRIND_BUILD_OPTIONS=$3 OCL_ICD_VENDORS=$oclgrind CLARINET_NATIVE_DEVICE=Oclgrind \
    CLARINET_NATIVE_FOLDER=$1 CLARINET_NATIVE_WORK=$2 CLARINET_NATIVE_LAUNCHED=$results/oclgrind/launched \
    timeout 1200 "$home/target/native-test/test_$test" >"$out.log" 2>&1
}

# The tests that launch a kernel asked for, with the folder of the kernels that they are to launch.
simulated_tests() {
  for file in "$home"/native-test/test_*.c; do
    test=${file##*/test_} test=${test%.c}
    case $test in
      builds | chain) ;; # launch none of these folders
      calibrate_*) if is_wanted "$test"; then echo "$test any"; fi ;;
      *) if mentions "$file"; then echo "$test gpu"; fi ;;
    esac
  done
}

mentions() { # FILE
  [ -n "$kernels" ] || return 0
  for kernel in $kernels; do
    if grep -q "\"$kernel\"" "$1"; then return; fi
  done
  return 1
}

# Says what was launched, and what was not or came with a report or a failure; fails then.
report_simulated() {
  bad=0 launched=0
  for kernel in $(wanted_kernels gpu any); do
    set -- "$results/oclgrind/launched/${kernel#*/}".*
    if [ -e "$1" ]; then
      launched=$((launched + 1))
    else
      bad=$((bad + 1))
      say "$kernel was not simulated: no native test launched it on a case of up to $largest_case multiply-adds"
    fi
  done
  for file in "$results"/oclgrind/*.failed; do
    [ -e "$file" ] || continue
    bad=$((bad + 1))
    say "in Oclgrind the native test ${file##*/} ($file): $(grep -m 1 -E 'FAILED|error|does not|OpenCL' "$file")"
  done
  for file in "$results"/oclgrind/*.reports; do
    [ -s "$file" ] || continue
    bad=$((bad + 1))
    say "Oclgrind reports of ${file##*/} ($file):"
    sed -n 2,9p "$file" >&2
  done
  say "simulated $launched kernels in Oclgrind, $bad with faults"
  simulated="{\"kernels\":$launched,\"faults\":$bad}"
  [ "$bad" = 0 ]
}

unpack_oclgrind() {
  unpack oclgrind oclgrind
}

simulate_kernels() {
  unpack_oclgrind || return
  oclgrind=$tools/usr/lib/oclgrind/liboclgrind-rt-icd.so
  [ -f "$oclgrind" ] || oclgrind=/usr/lib/oclgrind/liboclgrind-rt-icd.so
  build_native >"$results/native-test.log" || {
    why_not="the native tests do not build ($results/native-test.log)"
    return 1
  }
  mkdir -p "$results/oclgrind/launched"
  simulated_tests | with "$tools" side_by_side simulate
  report_simulated
}
