# Sourced by ../../clarinet: the command "setup".
# shellcheck shell=sh disable=SC2154

usage() {
  cat <<'EOF'
Usage: clarinet setup [--json]
Builds Clarinet and installs an OpenCL driver (PoCL) where there is none and you may install
packages: as root, or with sudo that asks for no password. CLARINET_NO_INSTALL=1 forbids it.
EOF
}

shift
for argument; do
  case $argument in
    --json) ;;
    --help | -h)
      usage
      exit 0
      ;;
    *) fail 2 "setup takes no \"$argument\"; see ./clarinet setup --help" ;;
  esac
done
find_java
build_if_needed
rm -f "$home/target/.driver-failed"
has_driver || install_driver
opencl=false
if has_driver; then opencl=true; fi
say "ready: Java $java_version in $java_home, OpenCL driver: $opencl"
if [ "$json" = 1 ]; then
  printf '{"passed":true,"java":%s,"opencl_driver":%s}\n' "$java_version" "$opencl"
fi
exit 0
