#!/bin/sh
# install-deps.sh build|test... - installs what is missing, and nothing when nothing is.
#
# One list of Debian packages per purpose.  On macOS the line for Homebrew is shown instead.
set -eu

# hugi itself.  tzdata: events are shown in their own zones.  highlight-common: the languages of code.
# libmicrohttpd: the preview of `hugi serve`; libqrencode: its address for a phone.
build='gcc libc6-dev make pkg-config tzdata
    libcmark-gfm-dev libcmark-gfm-extensions-dev libxml2-dev liblua5.4-dev libyaml-dev
    libturbojpeg0-dev libjpeg62-turbo-dev libwebp-dev libheif-dev liblcms2-dev libpng-dev zlib1g-dev libstb-dev
    libfreetype-dev libharfbuzz-dev libfontconfig-dev
    libutf8proc-dev libxxhash-dev libidn2-dev libpcre2-dev
    libmicrohttpd-dev libqrencode-dev highlight-common'

# Its tests.  libxml2-utils: xmllint, for feeds; python3: random edits (tests/edits.py); fonts-noto-cjk: social cards.
test='libcmocka-dev libxml2-utils python3 fonts-noto-cjk'

packages=
for purpose in "$@"; do
    case $purpose in
    build) packages="$packages $build" ;;
    test) packages="$packages $test" ;;
    *) echo "usage: install-deps.sh build|test..." >&2; exit 2 ;;
    esac
done

if [ "$(uname -s)" = Darwin ]; then
    echo 'On macOS the libraries come from Homebrew:'
    echo '  brew install pkg-config cmark-gfm libxml2 lua libyaml jpeg-turbo webp libheif little-cms2 libpng freetype harfbuzz fontconfig utf8proc xxhash libidn2 pcre2 libmicrohttpd qrencode highlight stb cmocka'
    exit 0
fi
if ! command -v dpkg-query >/dev/null 2>&1; then
    echo "This is no Debian: install what these packages hold, if it is missing:" $packages
    exit 0
fi

missing=
for package in $packages; do
    state=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$state" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

as_root=
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
        echo "These packages are missing, and there is no sudo to install them with:$missing" >&2
        exit 1
    fi
    as_root=sudo
fi
echo "Installing from Debian's packages:$missing"
$as_root apt-get update -qq
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing </dev/null
