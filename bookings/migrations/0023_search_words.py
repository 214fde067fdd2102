"""By what a party is found: folded words behind the owner's wall, kept by triggers, read by an index."""

import django.db.models.deletion
from django.db import migrations, models

from agencies.walls import falls_with, guard

LONGEST = 60  # characters of a word

# Apostrophes and hamza in every writing, and what is not seen at all: "O’Neil" is "oneil".
DROPPED = "'’‘ʼʻʿʾʹ`´′＇ء"
# Marks, tatweel, and characters that only steer how a text is set.
MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8"
    "\u06ea-\u06ed\u08d3-\u08ff\u135d-\u135f\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
    "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
)
# Letters that are written for each other, and the digits of Arabic and Persian.
ALIKE = {
    "ىیېۍ": "ي",
    "کڪ": "ك",
    "ةہھەۀۃ": "ه",
    "ٱ": "ا",
    "ø": "o",
    "ł": "l",
    "đð": "d",
    "ı": "i",
    "ħ": "h",
} | {chr(zero + digit): str(digit) for zero in (0x0660, 0x06F0) for digit in range(10)}
TWO_LETTERS = {"æ": "ae", "œ": "oe", "þ": "th"}


def folded(text):
    """SQL for the text without case, accents, marks and apostrophes, with blanks between its words."""
    before = "".join(letter for letters in ALIKE for letter in letters)
    after = "".join(alike * len(letters) for letters, alike in ALIKE.items())
    plain = f"casefold(normalize(translate({text}, {quoted(DROPPED)}, ''), NFKD) COLLATE pg_unicode_fast)"
    plain = f"translate(regexp_replace({plain}, '[{MARKS}]', '', 'g'), {quoted(before)}, {quoted(after)})"
    for letter, two in TWO_LETTERS.items():
        plain = f"replace({plain}, '{letter}', '{two}')"
    return f"btrim(regexp_replace({plain}, '[^[:alnum:]]+' COLLATE pg_unicode_fast, ' ', 'g'))"


def quoted(text):
    return "'" + text.replace("'", "''") + "'"


# Each word goes together with those after it, so that one is found by the beginning of any word, and "Al Hariri" and
# "Al-Hariri" by "alhariri" too.
FOLD = migrations.RunSQL(
    f"""
    CREATE FUNCTION fold_words(typed text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
      RETURN string_to_array({folded("typed")}, ' ');
    CREATE FUNCTION search_words(told text) RETURNS SETOF text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    BEGIN ATOMIC
        SELECT left(array_to_string(words[at:], ''), {LONGEST})
        FROM fold_words(told) words, generate_subscripts(words, 1) at;
    END;
    """,
    "DROP FUNCTION search_words(text); DROP FUNCTION fold_words(text);",
)

WORDS = """
    SELECT reference FROM bookings_party WHERE id = sought
    UNION SELECT reference FROM bookings_chain WHERE party_id = sought
    UNION SELECT phone FROM bookings_party WHERE id = sought AND phone <> '' AND NOT is_protected
    UNION SELECT word FROM bookings_party party, search_words(party.case_reference) word
        WHERE party.id = sought AND NOT party.is_protected
    UNION SELECT word FROM bookings_newcomer person JOIN bookings_party party ON party.id = person.party_id,
        unnest(ARRAY[person.given_name, person.family_name]) name, search_words(name) word
        WHERE party.id = sought AND NOT party.is_protected AND party.anonymised_at IS NULL
    UNION SELECT to_char(person.birth_date, 'YYYY-MM-DD')
        FROM bookings_newcomer person JOIN bookings_party party ON party.id = person.party_id
        WHERE party.id = sought AND NOT party.is_protected AND party.anonymised_at IS NULL
"""
# Names are changed by whoever protects, corrects or lets them expire, also by the night that sees no words: so the
# views' role, which nobody signs in as, writes them.
TRIGGERS = migrations.RunSQL(
    f"""
    GRANT SELECT, INSERT, DELETE ON bookings_searchword TO motesplats_views;
    CREATE POLICY by_itself ON bookings_searchword TO motesplats_views USING (true) WITH CHECK (true);

    CREATE FUNCTION index_party(sought bigint) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE found text[] := ARRAY({WORDS});
    BEGIN
        DELETE FROM bookings_searchword WHERE party_id = sought AND word <> ALL (found);
        INSERT INTO bookings_searchword (party_id, owner_id, word)
        SELECT sought, party.owner_id, word FROM bookings_party party, unnest(found) word WHERE party.id = sought
        ON CONFLICT (party_id, word) DO NOTHING;
    END $$;

    CREATE FUNCTION index_by_row() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
    BEGIN
        IF TG_TABLE_NAME = 'bookings_party' THEN
            PERFORM index_party(NEW.id);
            RETURN NULL;
        END IF;
        IF TG_OP <> 'DELETE' THEN PERFORM index_party(NEW.party_id); END IF;
        IF TG_OP <> 'INSERT' THEN PERFORM index_party(OLD.party_id); END IF;
        RETURN NULL;
    END $$;
    ALTER FUNCTION index_by_row() OWNER TO motesplats_views;

    CREATE TRIGGER then_index
      AFTER INSERT OR UPDATE OF reference, owner_id, phone, case_reference, is_protected, anonymised_at
      ON bookings_party FOR EACH ROW EXECUTE FUNCTION index_by_row();
    CREATE TRIGGER then_index
      AFTER INSERT OR DELETE OR UPDATE OF party_id, given_name, family_name, birth_date
      ON bookings_newcomer FOR EACH ROW EXECUTE FUNCTION index_by_row();
    CREATE TRIGGER then_index
      AFTER INSERT OR DELETE OR UPDATE OF party_id, reference
      ON bookings_chain FOR EACH ROW EXECUTE FUNCTION index_by_row();
    """,
    """
    DROP TRIGGER then_index ON bookings_chain; DROP TRIGGER then_index ON bookings_newcomer;
    DROP TRIGGER then_index ON bookings_party; DROP FUNCTION index_by_row(); DROP FUNCTION index_party(bigint);
    DROP POLICY by_itself ON bookings_searchword;
    """,
)

# The migrator owns the tables and is no exception to their walls, except here.
WALLED = ("bookings_party", "bookings_newcomer", "bookings_chain", "bookings_searchword")
FILL = migrations.RunSQL(
    " ".join(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;" for table in WALLED)
    + "SELECT index_party(id) FROM bookings_party; SET CONSTRAINTS ALL IMMEDIATE;"
    + " ".join(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY;" for table in WALLED),
    "",
)
WALLS = [
    falls_with("bookings_searchword", "party_id", "bookings_party"),
    guard("bookings_searchword", read="owner_id = viewer_agency()", write="false"),
    FOLD,
    TRIGGERS,
    FILL,
]


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0015_municipal_names'),
        ('bookings', '0022_no_age_between'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(db_collation='C', max_length=60, verbose_name='word')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='agencies.agency', verbose_name='owner')),
                ('party', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='bookings.party', verbose_name='party')),
            ],
            options={
                'verbose_name': 'search word',
                'verbose_name_plural': 'search words',
                'indexes': [models.Index(fields=['owner', 'word', 'party'], name='search_word_by_owner')],
                'constraints': [models.UniqueConstraint(fields=('party', 'word'), name='search_word_once_per_party', violation_error_message='The party is found by that word already.')],
            },
        ),
    ] + WALLS
