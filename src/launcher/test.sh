# Sourced by ../../clarinet: the command "test".
# shellcheck shell=sh disable=SC2154

usage() {
  cat <<'EOF'
Usage: clarinet test [--json] [-Dtest=NAME | -Dkey=value ...]
       clarinet test --drivers [--json] [--all | KERNEL...]
       clarinet test --browser [--json]
       clarinet test --spark [--json]
Installs what the tests need where that is allowed, runs Maven's deploy into target/repository,
builds and runs src/examples with what is there, compiles src/train, builds and runs the native
tests of every kernel (native-test/), has clang-format look at kernels and C, and lists every
skipped test with its reason.
A missing OpenCL device is a failure; CLARINET_TEST_WITHOUT_OPENCL=1 runs what needs none.
The JVM's kernels are tested on a second JDK too: CLARINET_TEST_JDK, or one in the usual folders.

--drivers shows without a GPU what GPUs would make of the kernels, all or those named:
  - the compilers for NVIDIA, AMD, Intel and SPIR-V take each, without a spill in those for GPUs; with --all for
    every architecture that plans hold it for;
  - Oclgrind runs those for GPUs, and finds no race and no value that was never written;
  - PoCL runs those for GPUs in groups within four devices' limits, with --all within all there are (hours):
    small networks layer by layer, and native tests;
  - on Mesa's rusticl, which gives wrong values, classify answers as on the CPU.
Its tools are Debian 12's, unpacked into a folder of the cache; none is installed.

--browser drives the server's page in Chromium, which is installed where that is allowed, and leaves pictures of
it in target/browser.

--spark runs clarinet-spark's job on two executors, and kills one, and then the driver, in the middle.
EOF
}

# Prints the packages that a tool or header is still missing for.
missing_packages() {
  has_driver || printf '%s ' "$driver_packages"
  command -v cmake >/dev/null || printf 'cmake '
  command -v clang-format >/dev/null || printf 'clang-format '
  { command -v cc && command -v make; } >/dev/null || printf 'gcc libc6-dev make '
  [ -e /usr/include/CL/cl.h ] || printf 'opencl-headers '
  set -- /usr/lib/libOpenCL.so /usr/lib64/libOpenCL.so /usr/lib/*/libOpenCL.so
  for file; do
    [ ! -e "$file" ] || return 0
  done
  printf 'ocl-icd-opencl-dev '
}

install_for_tests() {
  packages=$(missing_packages)
  [ -n "$packages" ] || return 0
  # shellcheck disable=SC2086
  install_packages $packages || fail 1 "the tests need $packages and $why_not;\
 CLARINET_TEST_WITHOUT_OPENCL=1 runs what can be run without"
}

build_native() {
  cmake -S "$home/native-test" -B "$home/target/native-test" \
    && cmake --build "$home/target/native-test" -j "$(getconf _NPROCESSORS_ONLN)"
}

# Ends as ctest, so that it ends with this; takes the time that the Java tests beside it leave.
native_tests() {
  log=$home/target/native-test.log
  if ! build_native >"$log"; then
    tail -n 30 "$log"
    return 1
  fi
  cd "$home/target/native-test" && exec nice -n 19 ctest --output-on-failure -j "$(getconf _NPROCESSORS_ONLN)"
}

# The JDK whose version is farthest from this one's: $CLARINET_TEST_JDK, else one in the usual folders.
other_jdk() (
  this=$java_version best='' away=0
  if [ -n "${CLARINET_TEST_JDK:-}" ]; then
    inspect_java "$CLARINET_TEST_JDK" || fail 2 "CLARINET_TEST_JDK=$CLARINET_TEST_JDK is no JDK 17 or newer"
    printf %s "$CLARINET_TEST_JDK"
    return
  fi
  for folder in /usr/lib/jvm/* /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/*; do
    inspect_java "$folder" || continue
    far=$((java_version - this))
    [ "${far#-}" -le "$away" ] || best=$folder away=${far#-}
  done
  printf %s "$best"
)

# Whether a test ran: no module minds if -Dtest names none of its own.
some_test_ran() {
  set -- "$home"/target/*/surefire-reports/TEST-*.xml
  [ -e "$1" ]
}

# Compiles what lies outside of Maven's modules and uses them, or will bring them a network.
compile_outside() {
  maven src/train/pom.xml -q -ntp compile \
    && "$java_home/bin/javac" -proc:none -d "$home/target/train" \
      -cp "$home/target/cli/lib/*" "$home"/src/train/evaluate/*.java
}

# Builds and runs the examples as a project of somebody else's would, with what was just deployed.
run_examples() { # MAVEN_ARGUMENT...
  settings=$home/src/launcher/examples-settings.xml
  for project in src/examples src/examples/spark; do
    maven "$project/pom.xml" -ntp -s "$settings" -gs "$settings" "-Dclone=$home" \
      -Pbuilt "$@" verify || return
  done
}

# Reads Surefire's reports: every skipped test for people, everything for scripts.
summarise() { # text|json
  form=$1
  set -- "$home"/target/*/surefire-reports/TEST-*.xml
  [ -e "$1" ] || set -- /dev/null
  awk -v form="$form" -v passed="$passed" -v native="$native" \
    -f "$home/src/launcher/summary.awk" "$@"
}

shift
drivers=0 everything=0 in_browser=0 on_spark=0
case " $* " in *" --drivers "*) drivers=1 ;; esac
for argument; do
  shift
  case $drivers$argument in
    ?--json | ?--drivers) ;;
    1--all) everything=1 ;;
    0--browser) in_browser=1 ;;
    0--spark) on_spark=1 ;;
    0-D* | 1[a-z]*) set -- "$@" "$argument" ;;
    ?--help | ?-h)
      usage
      exit 0
      ;;
    *) fail 2 "test takes no \"$argument\"; see ./clarinet test --help" ;;
  esac
done
if [ "$drivers" = 1 ]; then
  . "$home/src/launcher/drivers/drivers.sh"
  install_for_tests
  if test_drivers "$@"; then exit 0; else exit 1; fi
fi
if [ "$in_browser" = 1 ]; then
  . "$home/src/launcher/browser.sh"
  if test_browser; then exit 0; else exit 1; fi
fi
if [ "$on_spark" = 1 ]; then
  . "$home/src/launcher/spark.sh"
  if test_spark; then exit 0; else exit 1; fi
fi
find_java
native=skipped
passed=true
without_opencl=${CLARINET_TEST_WITHOUT_OPENCL:-0}
if [ "$without_opencl" != 1 ]; then
  install_for_tests
  set -- "$@" -Dclarinet.test.requireOpenCl=true
fi
case " $*" in
  *" -Dtest="*) ;;
  *)
    other=$(other_jdk) || exit
    if [ -n "$other" ]; then
      set -- "$@" "-Dother.jdk=$other"
    else
      say "no other JDK is in the usual folders, so the JVM's kernels are tested on this one only;\
 CLARINET_TEST_JDK=FOLDER names one"
    fi
    ;;
esac
rm -rf "$home"/target/*/surefire-reports "$home/target/repository"
if [ "$without_opencl" != 1 ]; then
  mkdir -p "$home/target"
  native_tests >"$home/target/native-tests.txt" 2>&1 &
  beside=$!
  trap 'kill "$beside" 2>/dev/null; exit 130' INT TERM
fi
set -- "-Dtest.limit=5m" "$@"
{
  package -ntp "$@" -Dmaven.install.skip=true \
    "-DaltDeploymentRepository=built::file://$home/target/repository" deploy \
    && compile_outside && run_examples "$@"
} || passed=false
some_test_ran || {
  say "no test ran"
  passed=false
}
if [ "$without_opencl" != 1 ]; then
  native=passed
  wait "$beside" || native=failed passed=false
  cat "$home/target/native-tests.txt" >&2
fi
summarise text >&2
say "the tests $([ "$passed" = true ] && echo passed || echo failed) (native tests: $native)"
[ "$json" = 0 ] || summarise json
[ "$passed" = true ] && exit 0 || exit 1
