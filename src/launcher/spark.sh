# Sourced by test.sh: "test --spark", the job of clarinet-spark on several executors.
# shellcheck shell=sh disable=SC2154

test_spark() {
  find_java
  passed=true
  {
    maven pom.xml -q -ntp -pl src/spark -am -Dmaven.test.skip=true package \
      && maven pom.xml -ntp -pl src/spark -am -Dtest=ClusterTest -Dspark.left-out=none test
  } || passed=false
  say "the tests on a cluster $([ "$passed" = true ] && echo passed || echo failed)"
  [ "$json" = 0 ] || printf '{"passed":%s}\n' "$passed"
  [ "$passed" = true ]
}
