#!/bin/sh
# Makes the font files of this folder: the letters that the portal's languages need, without the
# hints for old screens. Run it by hand when the fonts or the languages change, and commit the result.
#
#   pip install fonttools brotli
#   npm pack @kern-ux/native@2.7.2 && tar xzf kern-ux-native-2.7.2.tgz
#   ./subset.sh package/dist/fonts/fira-sans
#
# The argument is a folder with FiraSans-{Regular,Medium,SemiBold}.woff2. The ranges are those of
# `unicode-range` in fira-sans.css: change both together.
set -eu

from=$1
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)

# German, English, Turkish and the names of neighbours; quotes, dashes, arrows, the euro.
latin=U+0020-007E,U+00A0-00FF,U+0104-0107,U+010C-0113,U+0118-011B,U+011E-011F,U+0130-0131,U+0139-013A
latin=$latin,U+0141-0148,U+0150-0155,U+0158-015B,U+015E-0165,U+016E-0171,U+0178-017E,U+1E9E
latin=$latin,U+2010-2015,U+2018-201E,U+2020-2022,U+2026,U+2030,U+2039-203A,U+20AC,U+2122,U+2190-2193,U+2212
# Ukrainian with its apostrophe.
cyrillic=U+0400-045F,U+0490-0491,U+02BC,U+2116

for weight in Regular Medium SemiBold; do
  for script in latin cyrillic; do
    [ "$script" = latin ] && range=$latin || range=$cyrillic
    python3 -m fontTools.subset "$from/FiraSans-$weight.woff2" --unicodes="$range" --flavor=woff2 \
      --layout-features=kern,liga,locl,mark,mkmk,ccmp,tnum,lnum --no-hinting --desubroutinize \
      --output-file="$here/FiraSans-$weight.$script.woff2"
  done
done
