"""The words by which English texts tell of seizures, as literal sets of folded words."""

from processors.extraction.word_sets import word_set

__all__ = [
    "AMOUNT_NOUNS",
    "APPROXIMATORS",
    "ARREST",
    "ATTRIBUTE_OF",
    "BLOCKERS",
    "CALIBRE_NOUNS",
    "CONTAINERS",
    "CONTAINING",
    "FORMS",
    "FUNCTION",
    "MODEL_NOUNS",
    "MONTHS",
    "NEGATIONS",
    "PILL_NOUNS",
    "RESCUE",
    "SEIZE",
    "SELL",
    "SUMMING",
    "TRIGGERS",
    "VAGUE",
]

# What was done to the goods. "stopped" and "apprehended" are said of drugs as well as of people.
SEIZE = word_set(
    "seized seizing seizure seizures seize recovered recovering recover recovery recoveries confiscated"
    " confiscating confiscation confiscate confiscations intercepted intercepting intercept interception"
    " interdicted interdicting interdict interdiction found finding located discovered discovering discover discovery"
    " uncovered uncovering unearthed removed removing removal taken took yielded yielding netted netting destroyed"
    " destroying destruction eradicated eradicating eradication dismantled dismantling dismantle impounded"
    " retrieved retrieving stopped stopping apprehended apprehending keeping kept caught contained revealed hidden"
    " concealed carrying forfeited forfeiture nabbed observed concealing shipment shipments turned taking hauled"
    " pulled carted came gave threw logged held holding hold offloaded surrendered dug rendered stashed tucked stuffed"
)
# Trafficked or sold counts too, an undercover purchase among them.
SELL = word_set(
    "sold selling sell sells trafficked trafficking traffic smuggled smuggling smuggle transported transporting"
    " distributed distributing purchased purchasing bought buying delivered delivering hauling imported importing"
    " shipped shipping supplied supplying buys buy moved"
)
ARREST = word_set(
    "arrested arresting arrests arrest detained detaining detain apprehended apprehending apprehension"
    " apprehensions apprehend captured capturing capture custody nabbed netted jailed booked"
)
RESCUE = word_set(
    "rescued rescuing rescue rescues recovered recovering recover recovery located locating freed freeing"
    " transferred transfer transferring removed removing encountered"
)
TRIGGERS = SEIZE | SELL | ARREST | RESCUE

# What stands after one of these is an offence, a penalty, a possibility, a theft, money to spend or a shot.
BLOCKERS = word_set(
    "charged charge charges charging counts count convicted conviction convictions guilty indicted indictment"
    " possession possess possessed possessing intent face faces facing sentenced sentence punishable penalty"
    " penalties fine fined fines enough capable can could would might will should stole steal stealing theft"
    " thefts robbed robbery burglary fired firing shot shooting shoot equivalent equal bail bond reward rewards"
    " restitution budget budgets funding fund funds grant grants invest invested investment investments investing"
    " hire hiring alleging accused conspiracy attempted attempting offering loss losses worth valued value produce"
    " produces producing provide provides provided providing ban banned banning prohibit prohibiting prohibits"
    " kill killed killing kills died deaths death overdose overdoses overdosed denied denying fought minimum"
    " maximum threatened pointed pointing armed brandished brandishing wounded injured murdered lost requires"
    " require required deadly freezing froze frozen prison treatment than between deported deporting deportation"
    " deportations repatriated released releasing"
)
SUMMING = frozenset({"amounting", "totaling", "totalling"})
NEGATIONS = word_set("not never no nothing without cannot yet neither nor")

APPROXIMATORS: tuple[tuple[str, ...], ...] = tuple(
    tuple(phrase.split())
    for phrase in (
        "over",
        "more than",
        "more that",
        "greater than",
        "nearly",
        "almost",
        "about",
        "approximately",
        "approx",
        "roughly",
        "around",
        "at least",
        "some",
        "an estimated",
        "estimated",
        "close to",
        "upwards of",
        "upward of",
        "in excess of",
        "as many as",
        "as much as",
        "well over",
        "just over",
        "just under",
        "up to",
        "north of",
        "no less than",
        "no fewer than",
        "just shy of",
        "shy of",
        "a little over",
        "a little more than",
        "under",
        "less than",
        "another over",
        "exceeding",
        "amounting to more than",
    )
)

# Counted or weighed things that hold the goods.
CONTAINERS = word_set(
    "package packages packet packets bundle bundles brick bricks bag bags baggie baggies baggy box boxes vial"
    " vials parcel parcels envelope envelopes glassine glassines jar jars bottle bottles bindle bindles balloon"
    " balloons container containers canister canisters pouch pouches duffel tube tubes sheet sheets drum drums"
    " barrel barrels bucket buckets bale bales pallet pallets crate crates tote totes cylinder cylinders suitcase"
    " twist twists ziplock ziplocks dropper droppers syringe syringes"
    " suitcases backpack backpacks fold folds"
)
PILL_NOUNS = word_set("pill pills tablet tablets tab tabs capsule capsules m30s")
AMOUNT_NOUNS = word_set(
    "amount amounts quantity quantities cache caches stash array lot trove assortment supply variety range"
)
# Numbers that are no numbers: the quantity is null; the first ones tell of a magnitude and are approximate.
VAGUE: dict[str, bool] = dict.fromkeys(word_set("dozens hundreds thousands millions billions tens scores"), True)
VAGUE |= dict.fromkeys(word_set("several multiple numerous various"), False)

# Words behind the name of a drug or weapon that tell its form: they belong to the goods.
FORMS = word_set(
    "powder powders base hydrochloride hcl pill pills tablet tablets tab tabs capsule capsules laced based"
    " counterfeit prescription fake blue m 30 30s s rainbow colored coloured pressed tainted mixture mixtures"
    " product products flower edible edibles concentrate concentrates plants plant paste rock rocks crystals style"
    " type semi automatic semiautomatic assault loaded opioid opioids illicit potent patches analogue analogues"
    " analog analogs additives oil wax brick bricks packets packet bags bag baggies bundles vials doses dose mix"
    " precursor oxycodone percocet"
)
# Nouns that make the goods before them a mere attribute: "fentanyl crisis", "gun violence", "drug cartel".
ATTRIBUTE_OF = word_set(
    "related trafficking smuggling dealing using crisis violence trade use abuse poisoning overdose overdoses"
    " death deaths seizures seizure charges charge cases case offenses offences crimes crime laws law control"
    " owners owner dealers dealer traffickers trafficker traffic smugglers smuggler flow supply epidemic test"
    " cartel cartels market paraphernalia scale scales conversion parts part components sales sale distribution"
    " production manufacturing warrant warrants shipments safety lock locks safe permit license holster"
    " accessories task court courts treatment addiction users user gang unit team bureau division enforcement"
    " agents officers detection resources victims press presses organization organizations network networks ring"
    " rings investigation investigations operation operations group groups houses house dens den addict addicts"
    " policy strategy interdiction program programs producers manufacturers threat threats suppliers exports"
    " awareness prevention diversion residue kits frame"
    " frames receiver receivers silencer silencers suppressor suppressors barrel barrels holsters box boxes lowers"
    " uppers switch switches sights stocks"
)
CONTAINING = word_set("containing laced filled with contained made pressed suspected believed appearing")

FUNCTION = word_set(
    "and or but nor the this that these those its their his her our your my from to at by for with without in on"
    " into onto inside under near behind during after before while when where which who whom whose was were is are"
    " be been being has have had including along as than then also not per if because since until about over"
    " through throughout across between among against within upon via plus he she they it we you i said says"
    " alleging according containing totaling totalling weighing worth each all every such both either so there"
    " here what how of off up down out possessing possessed include includes included"
    " allegedly reportedly together well following another amounting valued"
)
CALIBRE_NOUNS = word_set(
    "mm millimeter millimeters caliber calibre cal gauge acp round year years day days month months week weeks"
    " hour hours minute minutes foot feet inch inches mile miles member count percent percentage degree person"
    " agency block acre acres am pm st nd rd th time times old count-indictment"
)
MODEL_NOUNS = word_set(
    "glock sig sauer model taurus ruger smith wesson beretta colt m p fy operation group team route highway"
    " interstate district unit division exhibit page section sections title proposition prop department apartment"
    " apt room suite box case no number dob aged age covid january february march april june july august september"
    " october november december jan feb mar apr jun jul aug sept sep oct nov dec"
    " lexus bmw mazda infiniti acura audi mercedes chrysler"
    " cessna beechcraft piper learjet gulfstream boeing airbus embraer pilatus bombardier kenworth peterbilt"
)
MONTHS = word_set(
    "january february march april may june july august september october november december jan feb mar apr jun"
    " jul aug sept sep oct nov dec"
)
