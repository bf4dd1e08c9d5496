# needs.sh - find out which packages are missing on this system, and install them.
#
#   needs WORD...    where WORD is one of: build tests ci
#
# Sourced by cli/start and tests/run. The packages are named before they are
# installed, and sudo is used only if the user is not root.

have() { command -v "$1" >/dev/null 2>&1; }

# The system's package manager, or nothing.
manager() {
    for manager in apt-get dnf pacman apk brew; do
        have "$manager" && { echo "$manager"; return; }
    done
}

# name, how to test for it, and its package for: apt dnf pacman apk brew
things() {
    case $1 in
    build) cat <<'EOF'
compiler  cc          gcc              gcc                  gcc        gcc          -
libc      header:stdio.h libc6-dev     glibc-devel          glibc      musl-dev     -
python    python3     python3          python3              python     python3      python3
meson     meson       meson            meson                meson      meson        meson
ninja     ninja       ninja-build      ninja-build          ninja      samurai      ninja
pkgconfig pkg-config  pkg-config       pkgconf-pkg-config   pkgconf    pkgconf      pkg-config
libuv     lib:libuv   libuv1-dev       libuv-devel          libuv      libuv-dev    libuv
libedit   lib:libedit libedit-dev      libedit-devel        libedit    libedit-dev  libedit
jansson   lib:jansson libjansson-dev   jansson-devel        jansson    jansson-dev  jansson
EOF
        ;;
    tests) cat <<'EOF'
criterion lib:criterion libcriterion-dev criterion-devel    criterion  criterion-dev criterion
EOF
        ;;
    ci) cat <<'EOF'
clang     clang       clang            clang                clang      clang        -
valgrind  valgrind    valgrind         valgrind             valgrind   valgrind     -
sanitizer clang-rt    libclang-rt-dev  compiler-rt          compiler-rt compiler-rt  -
EOF
        ;;
    esac
}

is_there() {
    case $1 in
    lib:*) have pkg-config && pkg-config --exists "${1#lib:}" ;;
    header:*) echo "#include <${1#header:}>" | cc -E - >/dev/null 2>&1 ;;
    clang-rt) echo 'int main(void){return 0;}' |
        clang -fsanitize=address -x c - -o /dev/null >/dev/null 2>&1 ;;
    *) have "$1" ;;
    esac
}

# The packages that are missing, as the package manager names them.
missing() {
    for word; do things "$word"; done | while read -r _ test apt dnf pacman apk brew; do
        is_there "$test" && continue
        case $(manager) in
        apt-get) echo "$apt" ;;
        dnf) echo "$dnf" ;;
        pacman) echo "$pacman" ;;
        apk) echo "$apk" ;;
        brew) [ "$brew" = - ] || echo "$brew" ;;
        *) echo "$test" ;;
        esac
    done | tr '\n' ' '
}

install_packages() {
    sudo=
    [ "$(id -u)" -eq 0 ] || sudo=sudo
    if [ -n "$sudo" ] && [ "$(manager)" != brew ] && ! have sudo; then
        echo "this needs root and there is no sudo: run it as root once, or install: $*" >&2
        return 1
    fi
    case $(manager) in
    apt-get)
        $sudo apt-get update -qq &&
            $sudo env DEBIAN_FRONTEND=noninteractive \
                apt-get install -qq -y --no-install-recommends "$@" >/dev/null ;;
    dnf) $sudo dnf install -q -y "$@" ;;
    pacman) $sudo pacman -Sy --noconfirm --needed "$@" ;;
    apk) $sudo apk add -q "$@" ;;
    brew) brew install -q "$@" ;;
    *)
        echo "no package manager known here (apt, dnf, pacman, apk, brew): install these by hand: $*" >&2
        return 1 ;;
    esac
}

needs() {
    packages=$(missing "$@")
    [ -n "$packages" ] || return 0
    echo "Installing with $(manager): $packages" >&2
    # shellcheck disable=SC2086 # one word a package
    install_packages $packages || {
        echo "could not install: $packages" >&2
        return 1
    }
}
