#!/bin/sh
# Dependency runs one way: cli -> lessons -> engine -> libuv. Nobody includes a layer
# above its own, every include of ours names its layer, and the engine prints nothing.
#
#   tests/layers.sh TOP
cd "$1" || exit 2
passed=0 failed=0

# rule SENTENCE PATTERN FILE...: no line of these files matches the pattern.
rule() {
    sentence=$1 pattern=$2
    shift 2
    if grep -nE "$pattern" /dev/null "$@"; then
        echo "broken: $sentence"
        failed=$((failed + 1))
    else
        passed=$((passed + 1))
    fi
}

engine=$(find engine -name '*.[chS]')
lessons=$(find lessons -name '*.[ch]')
examples=$(find lessons/*/ -name '*.c')
cli=$(find cli -name '*.[ch]')

# shellcheck disable=SC2086 # one word a file, none has a blank
{
    rule 'the engine knows nothing of what stands on it' \
        '#include "(lessons|cli|tests)/' $engine
    rule 'a lesson knows the engine only' '#include "(cli|tests)/' $lessons
    rule 'the command line does not need its tests' '#include "tests/' $cli
    rule 'libuv is the business of the engine' \
        '#include <uv\.h>|\buv_[a-z]+_[a-z]+ *\(' $lessons $cli
    rule 'an include of ours begins with its layer' '#include "[^/"]+"' \
        $engine $lessons $cli
    rule 'the engine prints nothing' \
        '\b(printf|puts|putchar|perror) *\(|[^"]\bstdout\b[^"]' $engine
    rule 'a lesson uses the public headers' \
        '"engine/[a-z]+/' $examples
}

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
