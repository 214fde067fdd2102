"""What a reply says: yes, another time, stop, or anything else, which a person reads. Pure."""

import re
import unicodedata
from itertools import dropwhile

YES, ANOTHER_TIME, HELP, STOP = "yes", "another_time", "help", "stop"
# In Swedish, English, Arabic, Dari, Somali, Tigrinya; compared as `_plain` leaves them.
YES_WORDS = """
    ja japp jo kommer ok okej okey y yes yeah yep sure coming
    نعم ايوه ايوا اي اجل تمام حاضر موافق
    بله بلي بلی آري آره درست
    haa ha haah haye imanayaa
    እወ እወታ እሺ ሕራይ
"""
NO_WORDS = """
    nej nä inte ej kan-inte no not nope cannot cant dont
    لا كلا لن لم ليس نه نخير نمیتوانم نمی نیستم نميتوانم نمي نيستم
    maya may ma aanan ኣይ ኣይፋል ኣይኮነን ኣይክእልን ኣይመጽእን
"""
BUT_WORDS = "men but however لكن ولكن اما ولی ولي laakiin ግን"
# Whoever says these has more to say than yes.
ILL_WORDS = "sjuk sjuka sjukt ill sick مريض مريضة مرضى مریض مریضم bukaa xanuunsanahay xanuunsan ሕሙም ሓሚመ"
ASKING_WORDS = """
    när var vart hur varför vilken vilket vad vem when where how why which what who
    متى وين اين كيف لماذا ليش کجا چرا چطور چگونه goorma xaggee sidee maxaa መዓስ ኣበይ ከመይ ንምንታይ
"""
# They begin a sentence of any meaning; the word after them says it.
OPENING_WORDS = "jag vi i we am are m waan"
ALONE_WORDS = "اي"  # "yes", but before another word "which"
STOP_WORDS = """
    stop stopp stoppa sluta avsluta unsubscribe
    توقف قف ايقاف اوقفوا الغاء-الاشتراك
    توقف بس-است jooji joogso ኣቁም ደው
"""
ANOTHER_TIME_WORDS = (
    *(
        "annan tid",
        "ny tid",
        "annan dag",
        "ny dag",
        "boka om",
        "omboka",
        "byta tid",
        "andra tid",
        "senare tid",
    ),
    *("another time", "other time", "new time", "another day", "other day", "reschedule", "change time"),
    *("change the time", "change my time", "postpone", "different time", "different day"),
    *(
        "وقت اخر",
        "موعد اخر",
        "يوم اخر",
        "وقتا اخر",
        "موعدا اخر",
        "يوما اخر",
        "موعد جديد",
        "وقت جديد",
        "تغيير الموعد",
        "تغيير موعد",
        "تاجيل",
    ),
    *("وقت دیگر", "زمان دیگر", "روز دیگر", "وقت دیگه", "وقت جدید", "تغییر وقت"),
    *("waqti kale", "wakhti kale", "maalin kale", "waqti cusub", "beddel", "bedel", "dib u dhig"),
    *("ካልእ ግዜ", "ካልእ ሰዓት", "ካልእ መዓልቲ", "ሓድሽ ግዜ", "ካልእ ቆጸራ"),
)
LETTERS = str.maketrans("أإآٱىیيكکةۀه", "اااايييككههه")
LONGEST_YES, LONGEST_STOP = 6, 3  # words


def understood(message: str) -> str:
    """What is meant; HELP for all that is not plainly something else."""
    words = _plain(message).split()
    if not words:
        return YES if "\N{THUMBS UP SIGN}" in message else HELP
    if words == ["1"]:
        return YES
    if words[0] in _STOP and len(words) <= LONGEST_STOP:
        return STOP
    wishes = any(f" {wish} " in f" {' '.join(words)} " for wish in _WISHES)
    refuses = any(word in _NO for word in words)
    first, *others = list(dropwhile(_OPENING.__contains__, words)) or [""]
    agrees = first in _YES and not (first in _ALONE and others and others[0] not in _YES)
    doubts = refuses or wishes or "?" in _narrow(message) or any(word in _DOUBTS for word in words)
    if agrees:
        return YES if not doubts and len(words) <= LONGEST_YES else HELP
    return ANOTHER_TIME if wishes or first in _NO else HELP


def _narrow(message: str) -> str:
    return unicodedata.normalize("NFKC", message).replace("؟", "?").replace("፧", "?")


def _plain(message: str) -> str:
    """Lower case, Latin digits, one form of each Arabic letter, no marks, words apart by one blank."""
    text = unicodedata.normalize("NFKD", message.casefold()).translate(LETTERS)
    text = "".join(_digit(sign) for sign in text if unicodedata.category(sign) not in {"Mn", "Cf", "Lm"})
    return " ".join(re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).translate(LETTERS)))


def _digit(sign: str) -> str:
    return str(unicodedata.decimal(sign)) if sign.isdecimal() else sign


def _words(text: str) -> frozenset[str]:
    return frozenset(_plain(word) for word in text.split())


_YES, _NO, _STOP = map(_words, (YES_WORDS, NO_WORDS, STOP_WORDS))
_DOUBTS = _words(f"{BUT_WORDS} {ILL_WORDS} {ASKING_WORDS}")
_OPENING, _ALONE = map(_words, (OPENING_WORDS, ALONE_WORDS))
_WISHES = tuple(map(_plain, ANOTHER_TIME_WORDS))
