"""The rules by which an English text is read: code -> the sentence that an analyst reads in the explanation."""

__all__ = ["ENGLISH_DOUBTS", "ENGLISH_RULES"]

ENGLISH_RULES: dict[str, str] = {
    "en.measure": 'A number, a unit and "of" a good ("3 pounds of cocaine"), governed by a word of seizing.',
    "en.count": 'A number or an article before a good ("40 fentanyl pills", "a handgun"), with a word of seizing.',
    "en.joint": 'Several drugs under one weight ("25 kilograms of fentanyl and heroin").',
    "en.restated": "The same amount again in another unit, in brackets or as a weight, behind its good.",
    "en.from-to": 'The second amount of "from 40 pounds of a good to 60".',
    "en.container": 'A number of packages "containing" or "filled with" a good.',
    "en.good-then-amount": 'A good with its amount behind it ("cocaine (3 kilograms)", "heroin: 2 kg").',
    "en.each": 'One weight for each of several goods ("a pound each of cocaine and heroin").',
    "en.named-seizure": 'Goods that name their own seizure ("a 77-pound fentanyl seizure", "9,000 seized guns").',
    "en.lay": 'A number of goods that "was under the seat" or "there were", right behind a sentence of seizing.',
    "en.assets": 'One sum over cash and other goods, or over assets ("cash, jewelry and cars valued at $640,000").',
    "en.worth": 'A sum of money "worth of" a good that was sold; of a seized one it would be its street value.',
    "en.money": 'A sum "in cash" or "in currency", governed by a word of seizing.',
    "en.bare-money": "A sum of money alone, as the object of seizing or in a list of what was seized.",
    "en.vague": 'A good with a number that is none ("thousands of", "several"): the quantity is unknown.',
    "en.one": 'One piece by its owner ("his firearm", "another handgun").',
    "en.bare": "A plural or mass noun without a number, as the object of seizing: the quantity is unknown.",
    "en.persons-counted": 'People that are a number alone behind or before a word of arresting ("arrested 26").',
    "en.arrested-name": "One person by name behind a word of arresting.",
    "en.name-arrested": 'One person by name before "was arrested".',
    "en.subject-arrested": "One person without a name (he, the driver), arrested.",
}

ENGLISH_DOUBTS: dict[str, str] = {
    "presumptive": 'The goods are only "suspected" or "believed to be" what they are called: untested.',
    "charged": 'The sale is what somebody is charged with or accused of ("charged with selling 12 guns").',
    "no_verb_of_seizing": "No word of seizing stands in the sentence; the one before it tells of a seizure.",
    "elided_noun": "The people are a number alone; that they are people is told by the word of arresting.",
    "short_ton_assumed": "A U.S. ton is 907.18474 kg; some agencies write ton for tonne.",
}
"""Why a reader should look twice: code of `doubt` -> the sentence that an analyst reads."""
