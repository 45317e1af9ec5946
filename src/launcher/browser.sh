# Sourced by test.sh: "test --browser", the server's page in a real browser.
# shellcheck shell=sh disable=SC2154

# Sets browser to the program; fails where there is none.
find_browser() {
  for name in chromium chromium-browser google-chrome; do
    browser=$(command -v "$name") && return 0
  done
  return 1
}

test_browser() {
  find_browser || { install_packages chromium fonts-dejavu-core && find_browser; } \
    || fail 1 "the page's tests need Chromium and $why_not"
  find_java
  rm -rf "$home/target/browser"
  passed=true
  maven pom.xml -q -ntp -pl src/server -am -Dtest=PageBrowserTest "-Dclarinet.browser=$browser" test || passed=false
  say "the page's tests $([ "$passed" = true ] && echo passed || echo failed) (its pictures: target/browser)"
  [ "$json" = 0 ] || printf '{"passed":%s}\n' "$passed"
  [ "$passed" = true ]
}
