"""The rules by which an English text is read: code -> the sentence that an analyst reads in the explanation."""

__all__ = ["ENGLISH_RULES"]

ENGLISH_RULES: dict[str, str] = {
    "en.measure": 'A number, a unit and "of" a good ("3 pounds of cocaine"), governed by a word of seizing.',
    "en.count": 'A number or an article before a good ("40 fentanyl pills", "a handgun"), with a word of seizing.',
    "en.joint": 'Several drugs under one weight ("25 kilograms of fentanyl and heroin").',
    "en.restated": "The same amount again in another unit, in brackets or as a weight, behind its good.",
    "en.from-to": 'The second amount of "from 40 pounds of a good to 60".',
    "en.container": 'A number of packages "containing" or "filled with" a good.',
    "en.good-then-amount": 'A good with its amount behind it ("cocaine (3 kilograms)", "heroin: 2 kg").',
    "en.worth": 'A sum of money "worth of" a good that was sold or seized.',
    "en.money": 'A sum "in cash" or "in currency", governed by a word of seizing.',
    "en.bare-money": "A sum of money alone, as the object of seizing or in a list of what was seized.",
    "en.vague": 'A good with a number that is none ("thousands of", "several"): the quantity is unknown.',
    "en.one": 'One piece by its owner ("his firearm", "another handgun").',
    "en.bare": "A plural or mass noun without a number, as the object of seizing: the quantity is unknown.",
    "en.arrested-name": "One person by name behind a word of arresting.",
    "en.name-arrested": 'One person by name before "was arrested".',
    "en.subject-arrested": "One person without a name (he, the driver), arrested.",
}
