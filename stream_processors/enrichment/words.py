"""The vocabulary: what callers write, in any script, for each idea that the rules speak of.

Each idea stands with its spellings, parted by spaces. `first_second` stands for two words in a row; `=word` counts
only as written and not by its sound. Spellings that sound alike (`romanise.key_of`) need to stand only once, in
either script. Some ideas are in no rule: `TALK` and a few more hold common words, so that these are taken neither
for a place nor for a slip of another word.
"""

from __future__ import annotations

from typing import Final

WORDS: Final = {
    "LIGHT": "light lights lite ligth laait layt ligh ligt lait lyt laet lght liight layit lightt batti bati roshni",
    "POWER": (
        "bijli bijlee bijali bijuli bijari bjli bijl bijily vidyut vidhyut power pawar powr electricity "
        "elektricity electric electrcity elctricity supply suply saplai saplae saplay supplay supli सप्लाइ सप्लाई "
        "पावर पॉवर इलेक्ट्रिसिटी इलेक्ट्रिक aapurti apurti आपूर्ति vidyut_aapurti विद्युत_आपूर्ति"
    ),
    "CURRENT": "current karant curent karent curant crnt करेंट करंट करन्ट करण्ट",
    "LINE": "line lines lain laine laayn लाइन लाईन",
    "CONNECTION": "connection connections conection kanekshan kanection connexion kaneksan कनेक्सन =conn",
    "AC_FAN": (
        "ac fan fans pankha pankhe fridge freeze cooler kulr motor motar pump tv bulb balb inverter invertr "
        "geyser tubelight एसी पंखा कूलर फ्रिज टीवी मोटर बल्ब tullu laptop computer appliances samaan saman "
        "upkaran bulbs"
    ),
    "OUTAGE": (
        "no_power no_light no_electricity no_supply no_current no_bijli power_cut power_cuts light_cut "
        "current_cut supply_cut blackout black_out outage powercut powerless outages powercuts no_electric"
    ),
    "OUT": (
        "gul gol guul gull gayab gaayab gyb thap thapp off out fail failed failure feil nadarad gone vanished "
        "absent ठप गुल गायब ऑफ आउट फेल loss lost bandd ठप्प badhit baadhit बाधित interrupted disrupted avruddh"
    ),
    "BAND": "band bnd bandh bund closed close shut बंद बन्द dead ded stopped bands",
    "DOWN": "down daun डाउन",
    "DARK": "andhera andhere andher andhkar andhiyara andheri dark darkness अंधेरे अँधेरे andhre",
    "WITHOUT": "without bina bagair bager without_any vina",
    "NOT": (
        "nahi nhi nahin ni nahee nahe nhin nahii naahi naikhe naikh naheen not isnt doesnt dont didnt cant wont "
        "hasnt havent arent wasnt cannot couldnt never nothing nhe न ना na nhii nahy neither unable aint =nai "
        "=nay =nei"
    ),
    "NO": "no koi_nahi nil zero",
    "CAME": (
        "aa_gayi aa_gaya aa_gai aa_gya aa_gyi aa_gaye aa_chuki aa_chuka aa_gail आ_गई came_back aagayi aagyi aagai "
        "aagaya"
    ),
    "COME": (
        "aa a_rahi a_rhi a_raha a_rha a_ri a_ra a_jati a_jaati aaya aya aayi ayi aai aaye aye aana ana aane ane "
        "aata ata aati ati aate ate aaa come comes coming came aayee aaraha aarahi aarhi arahi arhi arha aari "
        "aara aavat aawat ayee आ आई आयी आया आए आये आती आता आते आने आना ayii aat ayil aail"
    ),
    "WILL_COME": (
        "aayegi ayegi aaegi aegi ayega aayega aayenge aaegii aaygi aygi आएगी आयेगी आएगा आयेगा aavegi awegi jayegi "
        "jaegi aajayegi"
    ),
    "GO": (
        "gaya gayi gaye gya gyi gai gye gae gyaa chala chali chale chla chli jana jane jaane jaye gail gaile went "
        "chalegayi जाने gey jave"
    ),
    "JA": "ja jaa jata jati jaati jaata jate jaate goes go going जा जाती जाता",
    "GO_AWAY": "chaligai chaligayi chali_gayi chali_gai chali_gyi chli_gyi chli_gayi chala_gaya chale_gaye chali_gaee",
    "CUT": "kat kata kati kate katti katta katna katne kaat kaati kaata kaate kaatna cut cuts katau कट cutting katwa",
    "ON": "=on",
    "RESTORE": (
        "restore restored restoration resume resumed bahal behal चालू chalu chaalu wapas wapis vapas vapis back "
        "returned normal"
    ),
    "WILL_RESTORE": "restoration_time expected_time eta",
    "RAHA": "raha rahi rahe rha rhi rhe rahal rahel rahta rehta rehti rahti rehte rahin",
    "BEEN": "been",
    "IS": (
        "hai h he hain hei ho hua hui hue hota hoti hote hona is are am ba baa bate hau hauwe chuka chuki be "
        "being has have had hogaya hogyi hogya huyi huwa hoke hogayi huvi bani bana"
    ),
    "WAS": "tha thi was were थी था =थे",
    "ME": "me mein mai may in mn at मे में inside andar",
    "SE": "se from से due_to because_of",
    "ALSO": "bhi bhee also too भी",
    "KOI": "koi koee कोई any anyone somebody",
    "MAY": "sakti sakta sakte could might सकती सकता",
    "AFTER": "after =baad =बाद",
    "DONE": "kar_diya kar_di kar_dia kardi kardiya kar_gaye kiya done completed कर_दिया कर_दी किया",
    "NOBODY": "nobody no_one none_of noone",
    "KI": "ki ka ke kee kaa of k का के की",
    "PE": "pe par per on_the upar uper ऊपर पर oopar above over",
    "AND": "aur and evam और or ya",
    "BUT": (
        "but lekin lkn magar phir_bhi fir_bhi parantu kintu still yet even_after even_though though although "
        "फिर_भी ab_tak abhi_tak tab_bhi"
    ),
    "AGAIN": "phir fir dobara dubara again wapas_phir punah फिर दोबारा",
    "ABHI": "abhi ab now just अब अभी",
    "KAB": "kab kabtak when kb कब kabse_aayegi kabhtak what_time",
    "KITNA": "kitna kitni kitne kitna_time how_long how_much कितना कितनी कितने",
    "KYA": "kya kyaa what whats kia whether क्या does did can",
    "WHY": "kyu kyun kyo kyon why क्यों kaahe kahe kaise how kaisan",
    "ALL": (
        "poora pura poore pure puri poori poora_ka all entire whole sara sare sari saara saare sab sabki sabka "
        "sabke sabhi every_house complete full everybody everyone total सारा सब सबकी सभी पूरा पूरे पूरी har_ghar "
        "kisi kisike"
    ),
    "ONLY": "sirf only keval kewal bas just_my सिर्फ केवल khali akele akela alone",
    "MY": (
        "mera meri mere hamara hamari hamare humara humari humare hmare my mine apne apna apni हमारे मेरे मेरी "
        "मेरा हमारी हमरे hamra mor moy mujhe mujhko hamar =our"
    ),
    "HOUSE": (
        "ghar ghr makan makaan house home flat flats kamra kamre room quarter quatar dukan dukaan shop office घर "
        "मकान दुकान फ्लैट shops clinic floor manzil kothi premises residence kitchen rooms manjil"
    ),
    "HOUSES": (
        "gharo gharon houses homes makano flats_all parivar families logo dukano dukane sabhi_gharo people "
        "villagers residents consumers customers"
    ),
    "OTHERS": (
        "padosi padosiyo padoss pados neighbour neighbours neighbor neighbors neighbourhood baki baaki others "
        "other aaspas aas_paas aaspaas adjacent next_door dusro doosron dusre padosh bagal बगल पड़ोस पड़ोसी "
        "पड़ोसियों"
    ),
    "AREA": (
        "mohalla mohalle mohale muhalla muhalle mohallo mohla mohle mohallaa area areas aria eria ilaka ilake "
        "ilaqa colony kaloni colni locality society societies basti gaon gaanv gram village vilej township sector "
        "vard ward market bazar bazaar mandi apartment apartments building complex tower city shehar shahar nagar "
        "nagariya puram vihar enclave khand hata ahata chawl एरिया इलाका इलाके मोहल्ला कॉलोनी कालोनी सोसाइटी "
        "अपार्टमेंट गांव बस्ती वार्ड सेक्टर मार्केट बाजार बिल्डिंग region neighbourhood zone feeder fidar फीडर "
        "substation upkendra"
    ),
    "BLOCK": "block blok blk ब्लॉक ब्लाक",
    "LANE": "gali galli gully lane gulli galiyo गली गल्ली lanes gali_no tola tole",
    "ROAD": (
        "sadak sadk road rod roads street streets chauraha chouraha chaurahe crossing highway marg park temple सड़क रोड"
    ),
    "COUNT": (
        "das ten paanch panch five char chaar chhah chheh six saat seven aath eight nau nine twelve pandra चार "
        "पांच छह सात आठ नौ दस =barah =बारह =four"
    ),
    "NUM_MANY": "pandrah bees pachis tees chalis pachas sau dozens several kai many dono donon both kayi multiple",
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
    "READING": "reading readings riding रीडिंग rdg unit units yunit यूनिट",
    "DISPLAY": "display disply screen डिस्प्ले",
    "BLANK": "blank white",
    "FAST": "fast tez tej teji tezi jaldi_chal तेज jumping bright",
    "RUN": (
        "chal chala_raha chalta chalti chalte chalu_hai chl bhag bhaag bhagta bhaagta run running runs works "
        "working work भाग चल rotating ghoom ghum chalna chale_raha kaam"
    ),
    "HALT": "ruk ruka ruki atak stuck hang_ho freeze_ho रुक",
    "RECHARGE": (
        "recharge recharged rechage rechrge richarge ricarge topup top_up tapap रिचार्ज recarge recharg richarj risaarj"
    ),
    "BALANCE": "balance balence belens balans बैलेंस balanc minus negative",
    "PREPAID": (
        "prepaid pripaid prepade preped smart_meter smartmeter smart smart_mitar pre_paid स्मार्ट प्रीपेड "
        "स्मार्ट_मीटर smart_miter"
    ),
    "BILL": "bill bil bills billing bijli_bill बिल bills_me invoice",
    "DUES": (
        "bakaya bakya bakaaya dues due arrear arrears outstanding बकाया overdue penalty surcharge ots byaj maaf "
        "interest waiver yojana scheme chhoot"
    ),
    "PAY": (
        "jama jamaa jma bhugtan payment pay paymnt pemant bharna bhare diposit deposit deposited जमा भुगतान "
        "पेमेंट upi gpay paytm phonepe transaction receipt rasid rashid challan online_payment cleared =bhara "
        "=भरा bhar_diya bhar_di bhar_dia भर_दिया bharne =paid"
    ),
    "WRONG": "galat glt wrong incorrect galti ग़लत गलत mistake correct correction revise sudharna",
    "AMOUNT": (
        "amount rupaye rupay rupaya rs rupees paise paisa paisaa rupiya hazar hajar lakh money cost charge "
        "charges shulk रुपये पैसे हजार"
    ),
    "ACCOUNT": "account acount khata khaata akaunt अकाउंट खाता consumer_number consumer_no ac_no account_number ivrs",
    "NAME": "naam nam name नाम",
    "NUMBER": "number numbar nambar num numbers नंबर नम्बर nmbr",
    "MOBILE": "mobile mobail मोबाइल फोन phone fon phn",
    "NEW": "naya naye new navin nya nyi नया नये नई nayaa nayi nyaa",
    "APPLY": "apply applied aplai aavedan avedan application form आवेदन अप्लाई request requested estimate",
    "LOAD": "load lod लोड",
    "KW": "kilowatt kilo kva kilovat किलोवाट kw_se =kw",
    "INSTALL": "lagwana lagvana lagwao lagwane lagwani install installation installed लगवाना लगवाने",
    "SHIFT": (
        "shift shifting shifted hatana hatwana hatao hatvana hatvao hatwao hatane relocate शिफ्ट हटाना हटवाना "
        "remove removal"
    ),
    "CHANGE": (
        "badal badalwana badlo badalna badli change convert badlwana badlao badalwao बदल badlav parivartan "
        "increase decrease enhance reduce badhana badhwana ghatana kam_karana karana karani"
    ),
    "KYC": (
        "kyc ekyc ownership mutation namantaran category_change domestic commercial gharelu vyavsayik केवाईसी "
        "transfer naam_transfer"
    ),
    "SOLAR": "solar net_meter netmeter net_metering saur rooftop सोलर नेट_मीटरिंग",
    "DISCONNECT": "disconnect disconnected disconnection diskanect डिस्कनेक्ट pdc disconnects",
    "THEFT": (
        "chori choree chor theft steal stealing steals stolen चोरी hooking hook hooked katiya katia kantiya "
        "katiyaa bypass baipass bypassed illegal illegally unauthorised unauthorized avaidh tampering tampered "
        "tamper कटिया बाईपास अवैध tapping kataiya katiye kunda kundi kanta kaanta chura churana churate "
        "chura_raha"
    ),
    "STREETLIGHT": (
        "streetlight streetlights street_light street_lights street_lamp streetlamp lamp lamppost light_pole "
        "halogen स्ट्रीट_लाइट स्ट्रीटलाइट street_lite istreet_light stret_light strit_light road_light roadlight "
        "sadak_batti pole_light light_post highmast high_mast road_lights led_light lamp_post street_lamps lamps"
    ),
    "COMPLAINT": (
        "complaint complaints complain complent complant kamplent kampalent shikayat sikayat shikayt shikaayat "
        "ticket token शिकायत कंप्लेंट कम्प्लेंट compalint cmplnt complained complaining docket"
    ),
    "STATUS": (
        "status stetas update updates progress sthiti स्टेटस kya_hua kahan_tak kaha_tak kya_huwa kuch_pata any_news track"
    ),
    "SHUTDOWN": (
        "shutdown shatdown shut_down satdown sutdown शटडाउन roster rostering rosterng katauti cutoff "
        "load_shedding loadshedding maintenance planned scheduled anurakshan कटौती मेंटेनेंस schedule meintenance "
        "kategi katega kaatoge katne_wali"
    ),
    "LONG": "der deri samay time taim kab_tak tym late delay delayed समय टाइम देर vakt waqt",
    "TAKE": (
        "lagega lagegi lagenge take takes lgega lega lagegaa rahega rahegi लगेगा रहेगा रहेगी hogi hoga honge "
        "expected expect"
    ),
    "HELPLINE": (
        "helpline helplain help_line tollfree toll_free customer_care callcentre call_centre call_center "
        "control_room kantrol हेल्पलाइन ivr executive operator agent =1912 =18001801912"
    ),
    "CALL": "call calls kal_nahi kol phone_nahi phn_nahi ring कॉल फोन phone fon called calling",
    "BUSY": "busy bizi vyast biji engaged बिजी व्यस्त waiting hold",
    "PICK": (
        "uthata uthate utha uthaya uthati uthaye uthat pick picks picked picking receive received attend "
        "attending answer answers answering respond response responding jawab uttar uthta उठाता उठाते उठा suntaa "
        "sunta sunte sun sunwai sunvai sunane reply reachable sunne sunwata"
    ),
    "STAFF": (
        "lineman linemen lainman linmen लाइनमैन staff karmchari karamchari karmachari je sdo xen adhikari officer "
        "babu sahayak team engineer bijli_wale bijliwale vibhag department dept gang crew technician employee "
        "contractor thekedar कर्मचारी जेई mistri operator_ne meter_reader मीटर_रीडर mitar_ridar bijli_vibhag "
        "vidyut_vibhag power_department electricity_department"
    ),
    "ASK": (
        "maang mang mange maange mangta maangta mangte demand demands demanding demanded bribe ghoos ghus rishwat "
        "rishvat मांग रिश्वत घूस money_asking asking asked asks vasuli"
    ),
    "RUDE": (
        "badtameezi badtamiji badtmizi gaali gali_galauj rude rudely abuse abused misbehave misbehaved "
        "misbehaviour misbehavior behave behaviour abhadra abhadrata batamiji dhamki dhamka बदतमीजी अभद्र "
        "lapervah laparwahi laparvahi negligence careless jhooth jhoota"
    ),
    "APP": (
        "app aap_app application_app portal website site web server sarvar login password ऐप एप वेबसाइट पोर्टल "
        "सर्वर upcl_app crash_app link"
    ),
    "OTP": "otp ओटीपी captcha sms",
    "THANKS": (
        "thanks thank thankyou thanx thnx dhanyavad dhanyawad dhanyvad shukriya thnks धन्यवाद शुक्रिया abhar "
        "aabhar tysm meharbani"
    ),
    "CANCEL": "cancel cancle cancelled kensal kainsil radd रद्द कैंसिल withdraw",
    "GREET": "hello hlo helo hey namaste namaskar pranam good ram_ram राम_राम नमस्ते नमस्कार हेलो radhe test testing",
    "SKY": (
        "aasman asman aakash akash aasmani asmani lightning lightening lightening_strike thunder thunderstorm "
        "badal_garaj vajrapat thunderbolt आसमान आकाश आसमानी वज्रपात आकाशीय akashiya aakashiya kadki kadak_rahi "
        "kadakti chamki garaj garja"
    ),
    "DRAIN": "nali naali naala nala sewer sever siwer gutter drain drainage manhole नाली नाला सीवर",
    "GARBAGE": "kuda kooda kachra kachara garbage safai waste dustbin कूड़ा कचरा सफाई sweeper jhadu",
    "GAS": "gas cylinder silinder lpg rasoi sylinder गैस सिलेंडर png igl cugl",
    "OTHER_UTILITY": (
        "broadband wifi internet jio airtel bsnl net_nahi recharge_jio dish_tv cable_tv railway train tap_water "
        "jalkal jal_kal jal_nigam jalnigam water_supply water_connection nagar_nigam nagarnigam municipality "
        "pothole gaddha gadha gaddhe potholes मच्छर mosquito macchar fogging dogs_stray stray police ambulance "
        "petrol ration rashan aadhaar aadhar passport bank atm loan pension pizza order delivery courier taxi cab "
        "hospital_bed doctor_appointment internet_nahi network tower_nahi इंटरनेट वाईफाई driving license licence "
        "=dth kutte macchhar"
    ),
    "WRONG_NUMBER": (
        "wrong_number rong_number galat_number galat_nambar wrong_no galti_se by_mistake रॉन्ग_नंबर गलत_नंबर "
        "wrong_call galat_call wrongly_dialed mistakenly misdialed"
    ),
    "NO_MATTER": "baat_nahi dar_nahi",
    "DANGER": "danger dangerous khatra khatre khatarnak hadsa haadsa jaanleva janleva risky unsafe खतरा खतरनाक हादसा",
    "DENY": "rumour rumor afwah jhooth_bola no_danger khatra_nahi mock_drill drill dont_worry",
    "FIRE_BRIGADE": (
        "fire_brigade faayar_brigade fire_station fire_bridge firebrigade फायर_ब्रिगेड फायर_स्टेशन फायरब्रिगेड "
        "damkal fire_service"
    ),
    "NAMED": (
        "power_house powerhouse bijlighar bijli_ghar light_house water_works electric_scooter power_hall "
        "tar_bangla khamba_gali electric_shop electrical_shop बिजलीघर बिजली_घर transformer_gali transformer_wali "
        "khambe_wali khambe_vali pole_no pole_number jal_sansthan"
    ),
    "TALK": (
        "garmi garam heat summer haalat halat pareshan preshan pareshaan bimar beemar mareez padhai pariksha exam "
        "bhejo bhej bhejiye bhejwa bhejna karo kare karein karen karwao karwa karva kijiye kijiyega dekho dekh "
        "dekhe dekhiye batao bataye bata bataiye sunte samne saamne paas pass near wala wali wale vala log aadmi "
        "person help send check urgent immediately request urgently team_bhejo hamko humko humlog hum unka uska "
        "isliye kyonki wajah because matlab matlb sirji bura bahut very itna itni turant jor zor din_se raste "
        "rasta pichle last mahoday महोदय गर्मी परेशान जल्दी भेजो भेजिए करो कीजिए करें बहुत कृपया सामने पास वाला "
        "वाली वाले लोग हम आप aap aapka aapke mai main purana purani purane old pehle pahle already start starts "
        "started samajh ummeed ummid umeed broker leaving leading machine connect collect collected recent refuse "
        "closing callers callback usable contract customer consumer upbhokta उपभोक्ता barabar meaning reaching "
        "matters family placed policy stored stated become kyunki kindly reported reporting reports =jaal =जाल"
    ),
    "POLITE": (
        "please pls plz plss kripya kripaya sir madam bhaiya bhai sahab saheb sahib ji sirji jaldi jldi प्लीज "
        "साहब भैया =the =an =this =that =it =i =we =you =to =hi =ही"
    ),
    "GENERATOR": "dg generator ups inverter_band battery charge charging",
}
"""Idea -> spellings. Where two ideas claim one sound, the first in this order has it."""

FILLERS: Final = frozenset({"POLITE"})
"""Ideas that say nothing: words of politeness."""

GROUPS: Final = {
    "SUPPLY": "LIGHT POWER CURRENT",
    "ARRIVE": "COME CAME",
    "NEG": "NOT NO",
    "WIRES": "WIRE CABLE JUMPER",
    "BURNS": "BURN BURNING",
}
"""A name for several ideas."""
