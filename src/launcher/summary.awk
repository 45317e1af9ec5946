# Summarises Surefire's XML reports; -v form=text lists the skipped tests, form=json all counts.
BEGIN {
  RS = "<"
}

/^testcase / {
  tests++
  class_name = attribute("classname")
  name = attribute("name")
}

/^skipped[ >\/]/ {
  reasons[++skipped] = attribute("message")
  if (reasons[skipped] == "") {
    reasons[skipped] = "no reason given"
  }
  sub(/^.*\./, "", class_name)
  names[skipped] = name == "" ? class_name : class_name "." name
}

/^(failure|error)[ >\/]/ {
  failures++
}

END {
  if (form == "json") {
    print_json()
  } else {
    print_text()
  }
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
  gsub(/\\/, "\\\\", text)
  gsub(/"/, "\\\"", text)
  gsub(/[\001-\037]/, " ", text)
  return "\"" text "\""
}
