"""Steps about children are only for families that have some; two kinds of referrals say who starts them and when."""

from django.db import migrations, models

# Texts that somebody has changed stay as they are.
TEXTS = """
    UPDATE checklists_step SET only_with_children = true WHERE key = 'kom-school';
    UPDATE checklists_step SET text_ti = 'ጉዳይ መንበሪ ገዛ ተሰሪዑ' WHERE key = 'kom-housing' AND text_ti = 'ገዛ ተወዲኡ';
    UPDATE checklists_referralkind SET
        precondition_sv = 'Personen har en sjukpenninggrundande inkomst (SGI) eller ersättning från Försäkringskassan, det finns ett medicinskt underlag (läkarintyg), personen behöver stöd från båda för att närma sig arbete och vill vara med.',
        precondition_en = 'The person has an income on which sickness benefit is based (SGI) or a benefit from the Social Insurance Agency, there is medical evidence (a doctor''s certificate), the person needs support from both to come nearer to work, and wants to take part.',
        precondition_ar = 'لدى الشخص دخل تُحسب منه الإعانة المرضية (SGI) أو تعويض من صندوق التأمينات الاجتماعية، ويوجد مستند طبي (شهادة طبية)، ويحتاج إلى دعم من المكتبين ليقترب من العمل، ويريد المشاركة.',
        precondition_prs = 'شخص عایدی دارد که اساس کمک مریضی است (SGI) یا از اداره بیمه‌های اجتماعی کمک پولی می‌گیرد، سند طبی (تصدیق داکتر) موجود است، برای نزدیک شدن به کار به کمک هر دو اداره ضرورت دارد و می‌خواهد اشتراک کند.',
        precondition_so = 'Qofku wuxuu leeyahay dakhli lagu saleeyo lacagta xanuunka (SGI) ama lacag ka timaadda Qasnadda Caymiska, waxaa jira caddayn caafimaad (shahaado dhakhtar), wuxuu u baahan yahay taageerada labada xafiis si uu shaqo ugu dhowaado, wuuna doonayaa inuu ka qaybgalo.',
        precondition_ti = 'ሰብ መሰረት ናይ ሕማም ክፍሊት ዝኾነ ኣታዊ (SGI) ወይ ክፍሊት ካብ ኤጀንሲ ማሕበራዊ ውሕስነት ኣለዎ፡ ናይ ሕክምና ሰነድ (ናይ ሓኪም ምስክር ወረቐት) ኣሎ፡ ናብ ስራሕ ንምቅራብ ካብ ክልቲኦም ቤት ጽሕፈታት ደገፍ የድልዮ፡ ክሳተፍ ድማ ይደሊ።',
        precondition = 'Personen har en sjukpenninggrundande inkomst (SGI) eller ersättning från Försäkringskassan, det finns ett medicinskt underlag (läkarintyg), personen behöver stöd från båda för att närma sig arbete och vill vara med.'
    WHERE code = 'gemensam-kartlaggning' AND precondition_sv = 'Personen har ett ärende hos Försäkringskassan, behöver stöd från båda för att närma sig arbete och vill vara med.';
    UPDATE checklists_referralkind SET
        started_by_sv = 'personen själv kan be om den; kommunens socialtjänst eller regionen kallar till mötet',
        started_by_en = 'the person can ask for it; the municipality''s social services or the region calls the meeting',
        started_by_ar = 'يمكن للشخص نفسه أن يطلبها؛ وتدعو إلى الاجتماع الخدمات الاجتماعية في البلدية أو المنطقة',
        started_by_prs = 'خود شخص می‌تواند آن را بخواهد؛ خدمات اجتماعی شاروالی یا منطقه به جلسه دعوت می‌کند',
        started_by_so = 'qofka laftiisa ayaa codsan kara; adeegga bulshada ee degmada ama gobolka ayaa kulanka u yeera',
        started_by_ti = 'እቲ ሰብ ባዕሉ ክሓትት ይኽእል፡ ማሕበራዊ ኣገልግሎት ናይ ኮሙን ወይ ክልል ናብቲ ኣኼባ ይዕድም',
        started_by = 'personen själv kan be om den; kommunens socialtjänst eller regionen kallar till mötet'
    WHERE code = 'sip' AND started_by_sv = 'kommunens socialtjänst eller regionen';
"""


class Migration(migrations.Migration):
    dependencies = [("checklists", "0007_answers_end_with_protection")]

    operations = [
        migrations.AddField(
            "step",
            "only_with_children",
            models.BooleanField(default=False, verbose_name="only families with children"),
        ),
        migrations.RunSQL(TEXTS, migrations.RunSQL.noop),
    ]
