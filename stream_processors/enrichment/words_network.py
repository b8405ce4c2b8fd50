"""What callers write of the things of the network, what happens to them, and the quality of supply.

The form of the table is that of `words`.
"""

from __future__ import annotations

from typing import Final

NETWORK_WORDS: Final = {
    "TRANSFORMER": (
        "transformer transformers transfarmar transfomer trnasformer transfrer tarsfarmr transformba transformr "
        "transfarmer trasformer trafo tranformer transphormer ट्रांसफार्मर ट्रांसफॉर्मर ट्रान्सफार्मर dtr xmer "
        "tranfarmer tansformer transformar transfarmr transfromer ट्रांसफर्मर transfor =dt =tf t_f"
    ),
    "TROLLEY": "trolley trolly troli mobile_transformer ट्रॉली",
    "WIRE": (
        "taar tar taro taaron wire wires vire wayar vayar conductor conductors tarr tarein taarein तारों "
        "line_wire lt_line ht_line तार वायर एलटी_लाइन एचटी_लाइन 11kv_line overhead insulator disc"
    ),
    "CABLE": "cable cables kebil kebal kable cabal केबिल केबल abc",
    "JUMPER": "jumper jumpers jampar jamper jumpr जंपर",
    "PUNCTURE": "puncture punchar pancture पंक्चर पंचर",
    "UNDERGROUND": (
        "underground undergraund ug bhumigat zameen_ke zamin_ke zameen_ki jamin_ke jamin_ki अंडरग्राउंड भूमिगत "
        "जमीन_के under_ground buried"
    ),
    "DIG": "khudai khuda khod khodne khodte khodai digging dug excavation jcb khod_diya excavator खुदाई जेसीबी",
    "POLE": (
        "khamba khambha khambe khambhe khamb pole poles pol poll polls khambo pillar khambhon खम्भा खम्बा खम्भे "
        "khmba khmbe stay"
    ),
    "BOX": "box baksa boxes panel pillar_box feeder_pillar peti dabba piller बॉक्स डिब्बा cabinet",
    "METER": "meter meters mitar meeter mitr metre mtr मीटर metar meetar",
    "FUSE": (
        "fuse fuze fyuz fyuj fyus fuj phuse fiuz fius kitkat kit_kat kitcat mcb elcb cutout cut_out do_fuse fyooj "
        "fuses फ्यूज किटकैट एमसीबी grip isolator"
    ),
    "DO": "=do =दो =डीओ two",
    "SERVICE_WIRE": (
        "service_line service_wire service_cable service_taar service_kebal सर्विस_लाइन सर्विस_केबल सर्विस_तार "
        "service_kebil service_tar sarvis_line sarvis_cable wiring"
    ),
    "LOOSE": "loose lose dheela dheeli dhila dhili dheele ढीला ढीली lusss hat hata",
    "SWITCH": (
        "switch svich handle button plug socket board almirah tap nal gate railing darwaza darwaja iron grill "
        "wall deewar diwar diwal chhat chat handpump hand_pump pipe chapakal geyser pankhe_me"
    ),
    "PHASE": "phase phases fase fez fes phej fej फेज फेस phese faze fage",
    "NEUTRAL": "neutral nutral nyutral newtral netural न्यूट्रल nuetral",
    "VOLTAGE": "voltage voltej volt volts voltaj boltej boltage voltege vollt वोल्टेज bolt vtg stabilizer stabiliser",
    "EARTH": "earthing arthing erthing earth अर्थिंग",
    "BURNING": "burning jal_raha jal_rahi jal_rahe jal_rha jal_rhi jalrahi जल_रहा जल_रही sulag sulagne",
    "BURN": (
        "jal jala jali jale jalna jalne jalta jalti jalte jalgaya jalgayi jlgya jl jla jli jlti burn burnt burned "
        "phuk phunk phuka phuki phunka phunki fuk funk funka fuki fuka fook dag daga dagi jhulas jhulsa melt "
        "melted melting pighal pighla charred फुंक फुक जल जली दग fukk phook jalal jaral jar_gail jr"
    ),
    "BURST": (
        "burst bursts burstt blast blasted balast dhamaka dhamake dhmaka dhamaaka visfot phat phata phati fat "
        "fata fati phatt fut explode exploded explosion blown blew blow धमाका फट bursting damaka bang blowing"
    ),
    "FLY": "ud uda udi ude udd udgaya udgya उड़ urh uda_gaya",
    "SIT": "baith baitha baithgaya baithi बैठ defective",
    "FAULT": (
        "kharab kharb kharaab khrab karab fault falt faulty folt breakdown brekdaun damage damaged damej defect "
        "problem dikkat samasya pareshani khrb खराब फॉल्ट ब्रेकडाउन not_working notworking issue trouble gadbad "
        "gadbadi disturb jarjar"
    ),
    "LEAK": (
        "leak leaking leaks leakage lik leek ris riss risav tapak tapakta rissav tapkta bah spilling beh लीक dripping"
    ),
    "OIL": "oil tel teil ऑयल तेल",
    "HUM": (
        "awaz aawaz awaj aawaaz aavaj avaj aavaz sound noise noisy humming buzzing gunj bhanbhana bhan ghar_ghar "
        "sannata kad आवाज hum hums noises tadtad karkar crackling"
    ),
    "SMOKE": "dhuan dhua dhuvan dhuen dhuaan dhuye dhuva smoke smoking dhuwan dhuu dhunaa dhuwa धुआं धुआँ धुंआ धुवां",
    "SPARK": (
        "chingari chingariya chingariyan chingaari chinagari chingarian chingri spark sparks sparking espark "
        "ispark sparkling spaarking sparkin patakhe pataakhe पटाखे phuljhadi phuljhari चिंगारियां स्पार्क "
        "स्पार्किंग arcing chingariyaan flashing flash"
    ),
    "FIRE": (
        "aag aagg ag aagh fire flame flames lapat lapte laptein lapten shola aag_jani agni आग लपटें caught_fire on_fire"
    ),
    "SHORT_CIRCUIT": (
        "short_circuit shot_circuit shortcircuit short_sarkit shot_sarkit short_ckt शॉर्ट_सर्किट शार्ट_सर्किट "
        "sort_circuit sort_sarkit short_surkit sarkit circuit shorting शॉर्ट शार्ट"
    ),
    "SMELL": "smell badbu badboo gandh bu boo mahak smelling बदबू",
    "FINISH": "khatam khtm finished empty खत्म",
    "DIRECT": "direct dayrekt डायरेक्ट",
    "BAAR": "=baar =bar times बार",
    "FALL": (
        "gir gira giri gire girne girna giraa girgaya girta girti girne_wala fallen fell falling fall falls girr "
        "girl_gaya girne_vala collapsed collapse dhah गिर गिरा gur_gaya"
    ),
    "LIE": "pada padi pade padaa lying pari para paree पड़ा पड़ी",
    "NIKAL": "nikal nikla nikli nikle nikalna",
    "BREAK": (
        "toot tut tuta tuti tute tootgaya tutgaya tot toota tooti tod toda todi todd tor tora broke broken break "
        "breaks snapped snap snaps snapping torn टूट तोड़ damaged_pole tootgya tutal tutlal uprooted ukhad ukhda "
        "alag detached"
    ),
    "TOUCH": "chhu chhoo chu touch touching touches sat satt satta sata takra takrate takrati छू सट",
    "HANG": (
        "latak latka latki latke latakta latakti latakte lataka lataki latkat latkal hanging hang hangs dangling "
        "dangle jhul jhool jhula jhuli jhulta jhulti sagging sag लटक झूल lowhanging jhule jhulte jhulati"
    ),
    "BELOW": "neeche niche neche nichey neechey नीचे",
    "TREE": "ped pedh per_ki tree trees branch branches daal dali daali dal shakha shakh tehni tahni पेड़ डाल शाखा",
    "LEAN": (
        "jhuk jhuka jhuki jhukta jhukk leaning lean leans leaned tirchha tircha tirchi teda tedha tedhi tilted "
        "tilt bent bend झुक झुका टेढ़ा तिरछा hilne hil_raha jhuk_gaya jhukal tilting rusted galgaya gal hil hilta "
        "hilti dhans dhasa dhans_gaya corroded crack cracked bending zang jung"
    ),
    "HIT": "takkar takar accident hit rammed thoka thok thokar mari takra takraya crash crashed टक्कर",
    "VEHICLE": (
        "truck gaadi gadi gari bus tractor trak dumper vehicle loader e-rickshaw auto गाड़ी ट्रक bike scooter "
        "scooty cycle =car =cars"
    ),
    "SHOCK": (
        "shock shok shocks shocked jhatka jhatke jhtka electrocuted electrocution electrocute electrified शॉक "
        "झटका झटके chipak chipka chipk chapet चपेट"
    ),
    "LAG": "lag laga lagi lagta lagti lagte lagne lagg lgta lg lge लग",
    "DESCEND": (
        "utar utra utarta utari utre utarne daud daudta daud_raha fail_raha phail phaila leaking_current pass "
        "flowing enters"
    ),
    "DIE": (
        "mar mara mari mare died dead_animal marr maut die dies killed mar_gaya mar_gayi mr mrgya मर मौत jhulsa "
        "marta marti maarta maar"
    ),
    "OPEN": (
        "khula khuli khule khulaa open exposed uncovered nanga nangi nange live खुला खुली नंगा naked bare khulla khul खुल"
    ),
    "ANIMAL": (
        "gaay gay gau cow bhains dog kutta janwar jaanvar buffalo bakri goat saand bail गाय भैंस कुत्ता जानवर bandar"
    ),
    "CHILD": "bachcha bachche bachhe bacche child kid kids children bachcho बच्चे बच्चा",
    "WATER": "pani paani puddle waterlogged waterlogging jalbharav jal_bharav barish baarish rain rainwater पानी बारिश",
    "EXTINGUISH": "bujh bujhi bujha bujh_gayi bujhai extinguished put_out doused बुझ",
    "REPAIRED": (
        "theek thik thk teek fix fixed repaired repair sudhar sahi solved resolved ban_gaya badal_diya badla "
        "replaced ठीक सही ok okay sudhr sudhra"
    ),
    "JOINED": "jud_gaya jud_gayi joda_gaya jod_diya jod_di jud_chuka jud_gai जुड़_गया जोड़_दिया",
    "JOIN": (
        "jod joda jodo jodna jodi jodne jude reconnect reconnection rejoin rc जोड़ जोड़ा आरसी reconnected jud "
        "judi juda judwa judwana judwao"
    ),
    "LOW": (
        "low lo kam kum kamm dim dimm slow dheema dhima dheemi dhimi less weak poor madhyam लो कम डिम धीमा धीमी "
        "lowvoltage insufficient dam_nahi halka halki reng inadequate drop drops dropped dropping dheere dhire "
        "mand kamzor kamjor"
    ),
    "OVERVOLTAGE": "over_voltage overvoltage hi_voltage ओवर_वोल्टेज",
    "HIGH": (
        "high zyada jyada jada jaada jyaada ziyada zada =हाई excess excessive adhik ज्यादा ज़्यादा अधिक "
        "bahut_zyada increased more too_much"
    ),
    "KABHI": "kabhi sometimes kbhi कभी",
    "FLUCTUATE": (
        "fluctuation fluctuations fluctuate fluctuates fluctuating flactuation flucuation flictuation flickers "
        "flicker flickering up_down updown upar_neeche upar_niche ghat ghatt ghatta ghatti badh badhta unstable "
        "uneven फ्लक्चुएशन अप_डाउन kam_zyada kam_jyada zyada_kam jyada_kam ghat_badh ghatbadh ghat_bad "
        "ghatna_badhna bhukbhuk bhuk_bhuk bhukbhuka bhakbhuk jhilmil labhak flactuate varies varying stable"
    ),
    "TRIP": "trip trips tripping triping tripped tripp ट्रिप ट्रिपिंग",
    "OFTEN": (
        "baar_baar bar_bar barbar baarbaar frequent frequently frequant repeatedly repeated keeps keep har_minute "
        "har_ghante on_off onoff aana_jana aati_jaati aati_jati aa_ja aa_jaa ata_jata aata_jata bar_br constantly "
        "continuously hamesha lagataar every_ten hourly बार_बार ati_jati aaj_jaa आ_जा आती_जाती intermittent daily "
        "rozana roz roj baar har every aye_din mahine_bhar aankh_micholi ankh_micholi aankh_michauli kai_baar "
        "many_times kayi_baar aane_jaane aana_jaana"
    ),
    "MINUTE": "minute minutes min mins minat munute minit मिनट secend second sec",
    "HOUR": "ghante ghanta ghnte ghanto hour hours hr hrs ghantey gante घंटे घंटा घण्टे ghnta ghante_se ganta ghantee",
    "DAY": "din dino days day roj_din दिन week weeks hafte hafta mahine mahina month months",
    "SINCE": (
        "subah sham shaam raat rat dopahar kal morning night evening yesterday since tadke सुबह शाम रात दोपहर कल "
        "parso last_night tonight noon midnight"
    ),
    "HALF": "aadha aadhe adha adhe half aadhi adhi आधे आधा आधी",
    "EK": "ek one single एक ekk",
    "TEEN": "teen three tin तीन tino teeno teenon तीनों सभी_फेज tinon all_three",
    "MISSING": "missing mising miss loss_of",
}
"""Idea -> spellings."""
