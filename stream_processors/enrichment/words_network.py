"""What callers write of the things of the network, what happens to them, and the quality of supply.

The form of the table is that of `words`.
"""

from __future__ import annotations

from typing import Final

NETWORK_WORDS: Final = {
    "TRANSFORMER": (
        "transformer transformers transfarmar transfomer trnasformer transfrer tarsfarmr transformba transformr "
        "transfarmer trasformer trafo tranformer transphormer ट्रांसफार्मर ट्रांसफॉर्मर ट्रान्सफार्मर dtr xmer "
        "tranfarmer tansformer transformar transfarmr transfromer ट्रांसफर्मर transfor =dt =tf t_f टरांसफारमर "
        "टरंसफारमर ट्रासफार्मर tarnsformer transfarma ट्रांसफारमर टांसफार्मर tirasfarmar trasfarmar tarasfarmar "
        "transfmr trfmr xfmr trnsfrmr trnsfrmar trnsformer transformer_me ट्रांस्फार्मर =dtc transforma "
        "transfarmer_me टरांसफारमरवा tirnsfarmar trans"
    ),
    "TROLLEY": "trolley trolly troli mobile_transformer ट्रॉली",
    "WIRE": (
        "taar tar taro taaron wire wires vire wayar vayar conductor conductors tarr tarein taarein तारों line_wire "
        "lt_line ht_line तार वायर एलटी_लाइन एचटी_लाइन 11kv_line overhead insulator disc tarwa तरवा तारवा taarwa dori "
        "डोरी cndr condctr span =wr =tr line_ka_taar rassi_taar तारें tarey telephone_taar_nahi bijli_ke_taar wiree "
        "tare lv_wire lt_wire bare_wire ext_wire wiring"
    ),
    "CABLE": (
        "cable cables kebil kebal kable cabal केबिल केबल abc kebul केबुल keble केबल_तार kebel cbl cabl kable_wire "
        "=xlpe armoured"
    ),
    "JUMPER": "jumper jumpers jampar jamper jumpr जंपर",
    "PUNCTURE": "puncture punchar pancture पंक्चर पंचर",
    "UNDERGROUND": (
        "underground undergraund ug bhumigat zameen_ke zamin_ke zameen_ki jamin_ke jamin_ki अंडरग्राउंड भूमिगत "
        "जमीन_के under_ground buried"
    ),
    "DIG": "khudai khuda khod khodne khodte khodai digging dug excavation jcb khod_diya excavator खुदाई जेसीबी",
    "POLE": (
        "khamba khambha khambe khambhe khamb pole poles pol poll polls khambo pillar khambhon खम्भा खम्बा खम्भे khmba "
        "khmbe stay खंबा खम्बे khambaa khmbaa khamaba bijlipole पोल पिलर mast =pl khambe_wala tower_pole kamba "
        "khambon खंभों स्टे lamp_pole poal"
    ),
    "BOX": (
        "box baksa boxes panel pillar_box feeder_pillar peti dabba piller बॉक्स डिब्बा cabinet पेटी panel_box बक्सा "
        "panels switchboard mcb_box pillarbox db_box kiosk =fp switchgear enclosure dabbe डिब्बे metre_box"
    ),
    "METER": (
        "meter meters mitar meeter mitr metre mtr मीटर metar meetar मिटर मीटरवा mitter =mtr metar_me mitarwa meter_me "
        "mitir miitar"
    ),
    "FUSE": (
        "fuse fuze fyuz fyuj fyus fuj phuse fiuz fius kitkat kit_kat kitcat mcb elcb cutout cut_out do_fuse fyooj "
        "fuses फ्यूज किटकैट एमसीबी grip isolator फियूज feeuz fyooz fuzz fyuse फ़्यूज़ phyuz phyuse kat_out कटआउट "
        "katout kitket grip_ur इस्तेमाल_फ्यूज fyus_me किट_कैट breaker mcbs carrier fiyuz fiyooz"
    ),
    "DO": "=do =दो =डीओ two",
    "SERVICE_WIRE": (
        "service_line service_wire service_cable service_taar service_kebal सर्विस_लाइन सर्विस_केबल सर्विस_तार "
        "service_kebil service_tar sarvis_line sarvis_cable svc_wire srvc_wire सर्विस_वायर service_drop ghar_ka_taar "
        "service_main service_mains svc_line incoming_wire सर्विस_केबिल sarvis_wire"
    ),
    "LOOSE": (
        "loose lose dheela dheeli dhila dhili dheele ढीला ढीली lusss hat hata dhilai छूट chhut hilta_connection "
        "loosened spark_loose dislodged come_off nikal_gaya nikal_gayi khisak"
    ),
    "SWITCH": (
        "switch svich handle button plug socket board almirah tap nal gate railing darwaza darwaja iron grill wall "
        "deewar diwar diwal chhat chat handpump hand_pump pipe chapakal geyser pankhe_me स्विच बोर्ड switchbord fence "
        "fencing jali_me sink बेसिन seedhi सीढ़ी zeena रेलिंग shutter गेट फाटक barrier frame iron_gate loha लोहे लोहा "
        "lohe tin_shed shed geezer गीजर cooler_body fridge_body handpaip हैंडपंप चापाकल hand_pipe naal tonti टोंटी "
        "tonti_me walls stair stairs dudh bartan bathroom washroom grill_me balcony chhajja kursi =जाली =jaali"
    ),
    "PHASE": (
        "phase phases fase fez fes phej fej फेज फेस phese faze fage fhase phj =phs =ph फ़ेस फ़ेज fejj fhej fajes "
        "phasing fej_wala"
    ),
    "NEUTRAL": "neutral nutral nyutral newtral netural न्यूट्रल nuetral न्युट्रल neutarl netrual nutal nootral",
    "VOLTAGE": (
        "voltage voltej volt volts voltaj boltej boltage voltege vollt वोल्टेज bolt vtg stabilizer stabiliser "
        "वोल्टेज़ वोल्ट bolteez बोल्टेज voltge vltge vltage =vltg वोल्टेजवा voltaz voltz volteg stabliser स्टेबलाइजर "
        "lv_problem voltmeter volt_meter undervoltage under_voltage भोल्टेज bholtage bholtej"
    ),
    "EARTH": "earthing arthing erthing earth अर्थिंग",
    "BURNING": (
        "burning jal_raha jal_rahi jal_rahe jal_rha jal_rhi jalrahi जल_रहा जल_रही sulag sulagne जरत_बा jarat धू_धू "
        "dahak dhadhak smouldering smoulder glowing sulagta sulag_raha सुलग jal_rhi_hai jalte_hue जलने_लगा on_flame"
    ),
    "BURN": (
        "jal jala jali jale jalna jalne jalta jalti jalte jalgaya jalgayi jlgya jl jla jli jlti burn burnt burned "
        "phuk phunk phuka phuki phunka phunki fuk funk funka fuki fuka fook dag daga dagi jhulas jhulsa melt melted "
        "melting pighal pighla charred फुंक फुक जल जली दग fukk phook jalal jaral jar_gail jr जरि jari जर jar_gawa जरल "
        "जलल bhasm rakh raakh राख scorched toast fukgaya fuka_hua झुलस jhulasa phunkne phukne fukne jaligawa "
        "kaala_pad burn_out burnout भस्म jalkar भभकि जला"
    ),
    "BURST": (
        "burst bursts burstt blast blasted balast dhamaka dhamake dhmaka dhamaaka visfot phat phata phati fat fata "
        "fati phatt fut explode exploded explosion blown blew blow धमाका फट bursting damaka bang blowing फटल "
        "fatal_gaya dhadaam धड़ाम dhadam dhayn विस्फोट blst popped bang_hua boom फाट fat_gail dham dhum फूट phoot "
        "blow_up bomb explosions"
    ),
    "FLY": "ud uda udi ude udd udgaya udgya उड़ urh uda_gaya उड़ल udal udhgaya fly flew",
    "SIT": "baith baitha baithgaya baithi बैठ defective jawab_de जवाब_दे बैठल dead_ho",
    "FAULT": (
        "kharab kharb kharaab khrab karab fault falt faulty folt breakdown brekdaun damage damaged damej defect "
        "problem dikkat samasya pareshani khrb खराब फॉल्ट ब्रेकडाउन not_working notworking issue trouble gadbad "
        "gadbadi disturb jarjar खराबी kharabi खराब_बा faulted fault_hai गड़बड़ गड़बड़ी kharaab_hai bigad bigda बिगड़ "
        "दिक्कत समस्या परेसानी fail_ho malfunction malfunctioning erratic abnormal tung glitch दोष dosh fult"
    ),
    "LEAK": (
        "leak leaking leaks leakage lik leek ris riss risav tapak tapakta rissav tapkta bah spilling beh लीक dripping "
        "rissaw रिस रिसाव टपक tapak_raha chu_raha chuwat चू seep seeping leakag"
    ),
    "OIL": "oil tel teil ऑयल तेल tello तेलवा",
    "HUM": (
        "awaz aawaz awaj aawaaz aavaj avaj aavaz sound noise noisy humming buzzing gunj bhanbhana bhan ghar_ghar "
        "sannata kad आवाज hum hums noises घर्र gharr gharrr घों ghon bhann bhanna भनभन भन्न sansanahat hum_raha "
        "khul_khul gurrahat गुर्र hiss hissing vibrating roaring rumble rumbling kampan roar groaning गुनगुन घनघनाहट"
    ),
    "SMOKE": (
        "dhuan dhua dhuvan dhuen dhuaan dhuye dhuva smoke smoking dhuwan dhuu dhunaa dhuwa धुआं धुआँ धुंआ धुवां धुँआ "
        "धुएं धुएँ dhuyen dhoowan dhuwaan fumes smokey smoky dhuvaan धूआं धुवाँ dhooan"
    ),
    "SPARK": (
        "chingari chingariya chingariyan chingaari chinagari chingarian chingri spark sparks sparking espark ispark "
        "sparkling spaarking sparkin patakhe pataakhe पटाखे phuljhadi phuljhari चिंगारियां स्पार्क स्पार्किंग "
        "chingariyaan flashing flash लुत्ती lutti chingaree चिनगारी chinagi चिंगारी_फूट sprk spaark sparkle sparkles "
        "chingariyon चिंगारियाँ चिनगी चिनगारियां sparkler espaarak angaare angare अंगारे अंगार चिटक chitak tadak "
        "bhadak तड़क भड़क blitz flashover flash_over jhilmila_spark फुलझड़ी spurk isparking शोले sholay shole चर्र "
        "charr crackling tadtad karkar arcing"
    ),
    "FIRE": (
        "aag aagg ag aagh fire flame flames lapat lapte laptein lapten shola aag_jani agni आग लपटें caught_fire "
        "on_fire आगि aagi आग_लग लौ lau लपट lappat ablaze blaze inferno agni_kand अग्नि दहक dahka fyr =fr alight "
        "igniting ignited lapat_uth aggi"
    ),
    "SHORT_CIRCUIT": (
        "short_circuit shot_circuit shortcircuit short_sarkit shot_sarkit short_ckt शॉर्ट_सर्किट शार्ट_सर्किट "
        "sort_circuit sort_sarkit short_surkit sarkit circuit shorting शॉर्ट शार्ट"
    ),
    "SMELL": (
        "smell badbu badboo gandh bu boo mahak smelling बदबू महक गंध jalne_ki_boo odour odor stench mahakta bas_aa "
        "mehak mahek boo_aa"
    ),
    "FINISH": "khatam khtm finished empty खत्म zero_ho",
    "DIRECT": "direct dayrekt डायरेक्ट सीधे seedhe seedha sidhe sidha सीधा",
    "BAAR": "=baar =bar times बार दफा dafa bera बेर बेरी phera times_in baari martaba मर्तबा",
    "FALL": (
        "gir gira giri gire girne girna giraa girgaya girta girti girne_wala fallen fell falling fall falls girr "
        "girl_gaya girne_vala collapsed collapse dhah गिर गिरा gur_gaya गिरल giral गिरत girat गिर_पड़ gir_pada patit "
        "came_down come_down brought_down dher tumbled toppled dropped_down dhadam_se gira_pada gir_gail gra =gr "
        "girr_gaya गिरले utarkar_gira नीचे_आ neeche_aa fllen crashed_down =ढेर"
    ),
    "LIE": (
        "pada padi pade padaa lying pari para paree पड़ा पड़ी परल paral परी paral_ba pda =pde paa_da strewn pade_hue "
        "bichha पसर pasar pasra grounded on_ground"
    ),
    "NIKAL": "nikal nikla nikli nikle nikalna",
    "BREAK": (
        "toot tut tuta tuti tute tootgaya tutgaya tot toota tooti tod toda todi todd tor tora broke broken break "
        "breaks snapped snap snaps snapping torn टूट तोड़ damaged_pole tootgya tutal tutlal uprooted ukhad ukhda alag "
        "detached टूटल tutal_ba टूटि tooti_padi tuuta chatak चटक chatka tuk tukde टुकड़े parted broken_off ttt tta "
        "टूटा दरार darar fracture fractured split shattered crumbled chat_gaya tut_ke tooth khandit"
    ),
    "TOUCH": (
        "chhu chhoo chu touch touching touches sat satt satta sata takra takrate takrati छू सट छुआ chhua chhoo_raha "
        "sparsh rub rubbing rubs रगड़ ragad brush brushed sate_hue सटा sata_hua chhuat takrav"
    ),
    "HANG": (
        "latak latka latki latke latakta latakti latakte lataka lataki latkat latkal hanging hang hangs dangling "
        "dangle jhul jhool jhula jhuli jhulta jhulti sagging sag लटक झूल lowhanging jhule jhulte jhulati लटकत latakat "
        "लटकल jhoolta jhoolte झूलत jhulat droop drooping slack dheela_taar neecha_taar below_height tan तने"
    ),
    "BELOW": (
        "neeche niche neche nichey neechey नीचे निचे nichhe niichey जमीन_पर zameen_par zameen_pe jameen_par jamin_pe "
        "jameen_pe jamin_par ground_level neechai"
    ),
    "TREE": (
        "ped pedh per_ki tree trees branch branches daal dali daali dal shakha shakh tehni tahni पेड़ डाल शाखा पेड़वा "
        "perwa perh gulmohar neem पीपल peepal eucalyptus banyan bargad shaakh टहनी शाखाएं डाली दरख्त darakht asok "
        "ashok_ka bough twig bamboo baans palm"
    ),
    "LEAN": (
        "jhuk jhuka jhuki jhukta jhukk leaning lean leans leaned tirchha tircha tirchi teda tedha tedhi tilted tilt "
        "bent bend झुक झुका टेढ़ा तिरछा hilne hil_raha jhuk_gaya jhukal tilting rusted galgaya gal hil hilta hilti "
        "dhans dhasa dhans_gaya corroded crack cracked bending zang jung टेढ़ टेढ़ी टेढ़ा_हो tedh terha terhi झुकल "
        "झुकी hilat हिल_रहा dhasak dhans_raha धंस tircha_ho askew slanting slanted wobbling wobbly wobble tottering "
        "shaking unsteady jhuk_raha teda_meda gal_gaya गल_गया जंग rotten rusting jarjar_khamba जर्जर saria सरिया"
    ),
    "HIT": (
        "takkar takar accident hit rammed thoka thok thokar mari takra takraya crash crashed टक्कर thoka_diya bhid "
        "भिड़ घुस_गया ghus_gaya knocked rammed_into smashed collided collision dhakka धक्का"
    ),
    "VEHICLE": (
        "truck gaadi gadi gari bus tractor trak dumper vehicle loader e-rickshaw auto गाड़ी ट्रक bike scooter scooty "
        "cycle =car =cars डंपर ट्रैक्टर trolly_truck tempo टेम्पो lorry jeep crane van trailer e_rickshaw "
        "auto_rickshaw minibus school_bus"
    ),
    "SHOCK": (
        "shock shok shocks shocked jhatka jhatke jhtka electrocuted electrocution electrocute electrified शॉक झटका "
        "झटके chipak chipka chipk chapet चपेट झटकवा zapped jolt jolts zap jhanjhanahat झनझनाहट jhanjhana jhunjhuni "
        "chipak_gaya चिपक चिपका jhatkaa stuck_to jhannata tingle tingling झटकेदार karant_mara shocking =झन्न "
        "phenk_diya फेंक_दिया thrown flung"
    ),
    "LAG": "lag laga lagi lagta lagti lagte lagne lagg lgta lg lge लग lagal लागल लागि laag लागत laagal lagela lge_hai",
    "DESCEND": (
        "utar utra utarta utari utre utarne daud daudta daud_raha fail_raha phail phaila leaking_current pass flowing "
        "enters उतरत utarat दौड़ daurta दौड़त flows फैला fail_gaya charged_ho pravahit"
    ),
    "DIE": (
        "mar mara mari mare died dead_animal marr maut die dies killed mar_gaya mar_gayi mr mrgya मर मौत jhulsa marta "
        "marti maarta maar मरल maral मरि mri mari_gai मर_गइल mari_gaai lost_life jaan_gayi जान_गई dead_cow marte "
        "fatal deceased unconscious behosh बेहोश scream expired jaan_chali"
    ),
    "OPEN": (
        "khula khuli khule khulaa open exposed uncovered nanga nangi nange live खुला खुली नंगा naked bare khulla khul "
        "खुल खुलल khulal chhili छिली छिला chhila chhilka naked_wire bina_dhakkan dhakkan ढक्कन uncover unprotected "
        "zinda जिंदा ज़िंदा energised energized unguarded ughada उघड़ा udhda chhile khulle taamba तांबा copper "
        "insulation_gone nangaa charged alive"
    ),
    "ANIMAL": (
        "gaay gay gau cow bhains dog kutta janwar jaanvar buffalo bakri goat saand bail गाय भैंस कुत्ता जानवर bandar "
        "भइंस bhains_mar bhais भैंसी buffaloes bakri_mar बकरी बिल्ली billi cat kutte_mar kutta_mar kutiya pilla gaiya "
        "गइया bachhda बछड़ा sher gadha_mar बंदर suar monkey गाइ gaai bail_mar"
    ),
    "CHILD": (
        "bachcha bachche bachhe bacche child kid kids children bachcho बच्चे बच्चा लइका laika ladka ladke लड़का लड़की "
        "ladki bacchi बच्ची बेटा beta_ko लइकन laikan aadmi_ko boy boys girl man_got woman budhiya बुढ़िया worker "
        "labourer mazdoor मजदूर majdoor guard guards painter person_got student_got pedestrian"
    ),
    "WATER": (
        "pani paani puddle waterlogged waterlogging jalbharav jal_bharav barish baarish rain rainwater पानी बारिश "
        "पनिया jal_bhara barsat बरसात बारिस barasat flooded dripping_water watr flood submerged seepage sewage_water "
        "damp drenched"
    ),
    "EXTINGUISH": (
        "bujh bujhi bujha bujh_gayi bujhai extinguished put_out doused बुझ बुझा बुझी बुतान butaan buta_gail bujhal "
        "shaant शांत shant_ho died_down cooled put_off put_off_fire bujha_di bujhaai"
    ),
    "REPAIRED": (
        "theek thik thk teek fix repaired repair sudhar sahi solved resolved ban_gaya badla ठीक सही ok okay sudhr "
        "sudhra changa चंगा attended_and bahal_hua restored_ok thik_bhail banaa ठीक_बा thiik"
    ),
    "PUT_RIGHT": (
        "jud_gaya jud_gayi joda_gaya jod_diya jod_di jud_chuka jud_gai जुड़_गया जोड़_दिया जोड़_गया jod_gaya जुट_गया "
        "jod_gaye jud_gaye joined बंध_गया rectified removed lifted kas_diya kasa हटा_दिया hata_diya utha_le उठा_ले "
        "uthwa bana_diya lga_diya theek_kar_gaye ठीक_कर_गए theek_kar_diya ठीक_कर_दिया thik_kar_diya thik_kar_gaye "
        "thik_kar_gye बदल_गया badal_gaya badal_gai badal_diya sudhar_gaya durust दुरुस्त ठीक_कर_गये theek_kar_di "
        "been_fixed was_fixed were_fixed fixed replaced बना_गए bana_gaye man_fixed cleared_by theek_karke ठीक_करके "
        "ठीक_हो_गया ठीक_हो_गई theek_ho_gaya theek_ho_gayi thik_ho_gya thik_ho_gaya theek_ho_gyi sudhaar_diya "
        "सुधार_दिया"
    ),
    "JOIN": (
        "jod joda jodo jodna jodi jodne jude reconnect reconnection rejoin rc जोड़ जोड़ा आरसी reconnected jud judi "
        "juda judwa judwana judwao jodo_line जोड़ो जोड़वा reconnecting rejoined chalu_karo_line jodwa"
    ),
    "LOW": (
        "low lo kam kum kamm dim dimm slow dheema dhima dheemi dhimi less weak poor madhyam लो कम डिम धीमा धीमी "
        "lowvoltage insufficient dam_nahi halka halki reng inadequate drop drops dropped dropping dheere dhire mand "
        "kamzor kamjor मंद मद्धिम maddhim madhim maddham मद्धम dhimaa dheem धीम धीमे dheeme jhap मरियल mariyal feeble "
        "faint sustt susst सुस्त dull kamti कमती thoda kmm =km flickerless girta_voltage timtim timtima टिमटिमा "
        "टिमटिमाती jugnu जुगनू dying reduced tinka glow_dim undervolt dipping dip dips sag_voltage below_normal कमजोर "
        "कम_बा not_enough थोड़ा थोड़ी"
    ),
    "OVERVOLTAGE": "over_voltage overvoltage hi_voltage ओवर_वोल्टेज",
    "HIGH": (
        "high zyada jyada jada jaada jyaada ziyada zada =हाई excess excessive adhik ज्यादा ज़्यादा अधिक bahut_zyada "
        "increased more too_much zyaada बहुतै bahutai jiyada jaastee jasti जास्ती surge spike surging badha बढ़ा बढ़ "
        "badh_gaya inflated double triple दुगुना तिगुना duguna dugna तीन_गुना teen_guna huge exorbitant enormous "
        "beyond itna_zyada jaida unexpectedly"
    ),
    "KABHI": "kabhi sometimes kbhi कभी kabhu कबहूं kabhi_kabhi kabhun",
    "FLUCTUATE": (
        "fluctuation fluctuations fluctuate fluctuates fluctuating flactuation flucuation flictuation flickers "
        "flicker flickering up_down updown upar_neeche upar_niche ghat ghatt ghatta ghatti badh badhta unstable "
        "uneven फ्लक्चुएशन अप_डाउन kam_zyada kam_jyada zyada_kam jyada_kam ghat_badh ghatbadh ghat_bad ghatna_badhna "
        "bhukbhuk bhuk_bhuk bhukbhuka bhakbhuk jhilmil labhak flactuate varies varying stable swinging swings swing "
        "jhoola_jhool झूला झूल_रहा tikta_nahi tikta टिकता thikana ठिकाना dance dancing naach नाच crazy asthir अस्थिर "
        "ऊपर_नीचे upar_neechay kam_jyaada kam_besi dolta yo_yo roller see_saw seesaw wildly तेज_कम bhabhak घटत बढ़त "
        "ghatat up_and updwn"
    ),
    "TRIP": (
        "trip trips tripping triping tripped tripp ट्रिप ट्रिपिंग tripd trippd ट्रिपवा tripings trippings trp "
        "interruption interruptions tripper jhapki झपकी nakhre"
    ),
    "OFTEN": (
        "baar_baar bar_bar barbar baarbaar frequent frequently frequant repeatedly repeated keeps keep har_minute "
        "har_ghante on_off onoff aana_jana aati_jaati aati_jati aa_ja aa_jaa ata_jata aata_jata bar_br constantly "
        "continuously hamesha lagataar every_ten hourly बार_बार ati_jati aaj_jaa आ_जा आती_जाती intermittent daily "
        "rozana roz roj baar har every aye_din mahine_bhar aankh_micholi ankh_micholi aankh_michauli kai_baar "
        "many_times kayi_baar aane_jaane aana_jaana घड़ी_घड़ी ghadi_ghadi घरी_घरी ghari_ghari घड़ीघड़ी hr_ghante "
        "bar_bar_bar pal_pal पल_पल हर_घंटे har_thodi हर_थोड़ी आवत_जात aawat_jaat aavat_jaat hide_and aankhmicholi "
        "luka_chhipi luka_chupi blink blinking blinks aa_jaa_rahi har_roz roz_roz har_shaam on_and off_and aaye_gaye "
        "din_bhar every_hour every_few बेर_बेर ber_ber जाती_आती jati_aati phir_aayi again_and har_das barambar "
        "बारम्बार बारंबार multiple_times"
    ),
    "MINUTE": "minute minutes min mins minat munute minit मिनट secend second sec मिनिट mint mnt seconds",
    "HOUR": (
        "ghante ghanta ghnte ghanto hour hours hr hrs ghantey gante घंटे घंटा घण्टे ghnta ghante_se ganta ghantee "
        "ghnte_se ghanton घंटों ghante_bhar घंटन ghantan ghantaa hrs_se hourss ghntey"
    ),
    "DAY": (
        "din dino days day roj_din दिन week weeks hafte hafta mahine mahina month months दिनन dinan dn_se हफ्ते हफ्ता "
        "हफ़्ते महीने महीना month_se din_bhar_se weeks_now"
    ),
    "SINCE": (
        "subah sham shaam raat rat dopahar kal morning night evening yesterday since tadke सुबह शाम रात दोपहर कल "
        "parso last_night tonight noon midnight भोर bhor भिनसार bhinsar bhinsare तड़के भिनसहरा savere सवेरे सबेरे "
        "sabere subeh sube shyam aadhi_raat dawn dusk afternoon सांझ sanjh raati राति raatbhar kl_se kabse कबसे "
        "yesterdy prataah प्रातः midnite noon_se duphar dupahar दुपहर sandhya"
    ),
    "HALF": (
        "aadha aadhe adha adhe half aadhi adhi आधे आधा आधी आधा_घर left_side right_side बाएं दाएं baayen daayen "
        "पीछे_के aage_ke आगे_के पीछे_वाले some_rooms few_rooms ek_kamre half_of front_rooms partial partially "
        "upar_wale_kamre ek_hisse हिस्से hisse hissa hissey portion wing"
    ),
    "EK": "ek one single एक ekk एगो ego yek",
    "TEEN": "teen three tin तीन tino teeno teenon तीनों सभी_फेज tinon all_three तिनों tinon_phase three_phases R_Y_B",
    "MISSING": (
        "missing mising miss loss_of nadarad_hai gayab_phase absent_phase single_phasing lost_phase dropped_phase"
    ),
    "WILL_BURST": (
        "phatne fatne फटने फाटे phaate phat_na fat_na burst_any phat_jaye phat_jaayega phat_jayega fat_jayega फट_न "
        "फट_जाए फट_जाएगा"
    ),
    "PULL": "kheench kheenchi khinch khinchi khench khींच खींच खींचा kheencha pulled dragged",
}
"""Idea -> spellings."""
