# Summarises Surefire's XML reports; -v form=text lists the skipped tests, form=json all counts.
BEGIN {
  RS = "<"
}

# A class whose set-up was aborted appears without a single test.
/^testsuite / && attribute("tests") == "0" {
  empty[attribute("name")]
}

/^testcase / {
  tests++
  class_name = attribute("classname")
  ran[class_name]
  outer = class_name
  sub(/\$.*/, "", outer)
  ran[outer]
  name = attribute("name")
}

/^skipped[ >\/]/ {
  skip(class_name (name == "" ? "" : "." name), attribute("message"))
}

# A failed assumption: the first line of its stack trace.
/^!\[CDATA\[org\.opentest4j\.TestAbortedException: / && reasons[skipped] == "" {
  sub(/^[^:]*: (Assumption failed: )?/, "")
  sub(/\n.*/, "")
  reasons[skipped] = $0
}

/^(failure|error)[ >\/]/ {
  failures++
}

END {
  for (suite in empty) {
    if (!(suite in ran)) {
      skip(suite, "no test ran: its set-up was aborted")
    }
  }
  if (form == "json") {
    print_json()
  } else {
    print_text()
  }
}

function skip(test, reason) {
  sub(/^([a-z0-9_]+\.)+/, "", test)
  names[++skipped] = test
  reasons[skipped] = reason
}

function print_text(i) {
  printf "%d tests, %d failed, %d skipped\n", tests, failures, skipped
  for (i = 1; i <= skipped; i++) {
    printf "  skipped %s: %s\n", names[i], reasons[i]
  }
}

function print_json(i) {
  printf "{\"passed\":%s,\"tests\":%d,\"failures\":%d,\"native\":\"%s\",\"skipped\":[", \
    passed, tests, failures, native
  for (i = 1; i <= skipped; i++) {
    printf "%s{\"name\":%s,\"reason\":%s}", (i > 1 ? "," : ""), quoted(names[i]), quoted(reasons[i])
  }
  print "]}"
}

function attribute(key) {
  if (!match($0, "[ \n]" key "=\"[^\"]*\"")) {
    return ""
  }
  return unescaped(substr($0, RSTART + length(key) + 3, RLENGTH - length(key) - 4))
}

function unescaped(text) {
  gsub(/&#10;|&#xA;|\n/, " ", text)
  gsub(/&quot;/, "\"", text)
  gsub(/&apos;/, "'", text)
  gsub(/&lt;/, "<", text)
  gsub(/&gt;/, ">", text)
  gsub(/&amp;/, "\\&", text)
  return text
}

function quoted(text) {
  gsub(/\\/, "\\\\\\\\", text)
  gsub(/"/, "\\\"", text)
  gsub(/[\001-\037]/, " ", text)
  return "\"" text "\""
}
