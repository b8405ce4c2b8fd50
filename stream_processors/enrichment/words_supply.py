"""What callers write of supply, and the small words that decide.

The form of the table is that of `words`.
"""

from __future__ import annotations

from typing import Final

_BACK: Final = "chalu bahal theek thk sahi wapas start on"
_PLEASE: Final = (
    "karo kare karen kijiye kijiyega karao karaye karayen karaiye karwao karwaye karwayen karwaiye करवाइए kardo "
    "kar_do kar_de kar_den kar_dijiye kara_do kara_den kara_dijiye karwa_do karwa_de karwa_den karwa_dijiye"
)
_BRING_BACK: Final = " ".join(f"{back}_{please}" for back in _BACK.split() for please in _PLEASE.split())

SUPPLY_WORDS: Final = {
    "LIGHT": (
        "light lights lite ligth laait layt ligh ligt lait lyt laet lght liight layit lightt batti bati roshni "
        "बत्तियां battiyan lites batiya लाइटें बत्ती lyte lightwa litwa layitwa bijulibatti बत्तियाँ"
    ),
    "POWER": (
        "bijli bijlee bijali bijuli bijari bjli bijl bijily vidyut vidhyut power pawar powr electricity elektricity "
        "electric electrcity elctricity supply suply saplai saplae saplay supplay supli सप्लाइ सप्लाई पावर पॉवर "
        "इलेक्ट्रिसिटी इलेक्ट्रिक aapurti apurti आपूर्ति vidyut_aapurti विद्युत_आपूर्ति बिजुरी bijuri bijuria "
        "bijariya बिजुली mains electrik electricty elec electricite pwr powar bijle bijulee bijri sply spply splai "
        "suplly eletricity elektrik electrical ilektrik अपूर्ति विद्युत्"
    ),
    "CURRENT": (
        "current karant curent karent curant crnt करेंट करंट करन्ट करण्ट karrent crrnt currant karnt currnt करेन्ट "
        "kurrent karat"
    ),
    "LINE": "line lines lain laine laayn लाइन लाईन laina laen lyn लाइने linwa",
    "CONNECTION": "connection connections conection kanekshan kanection connexion kaneksan कनेक्सन =conn",
    "AC_FAN": (
        "ac fan fans pankha pankhe fridge freeze cooler kulr motor motar pump tv bulb balb inverter invertr geyser "
        "tubelight एसी पंखा कूलर फ्रिज टीवी मोटर बल्ब tullu laptop computer appliances samaan saman upkaran bulbs "
        "headlight mixer tubelights tubes tube refrigerator refrigerators compressor lift appliance machines mashin "
        "machinery motors mobile_charge freezer light_bulb led_tv led_tvs tvs chakki tubewell tuubail tubel ट्यूबवेल "
        "चक्की मशीन मशीनें लिफ्ट फ्रीज़ कम्प्रेसर washing_machine oven =pankhi"
    ),
    "OUTAGE": (
        "no_power no_light no_electricity no_supply no_current no_bijli power_cut power_cuts light_cut current_cut "
        "supply_cut blackout black_out outage powercut powerless outages powercuts no_electric"
    ),
    "OUT": (
        "gul gol guul gull gayab gaayab gyb thap thapp off out fail failed failure feil nadarad gone vanished absent "
        "ठप गुल गायब ऑफ आउट फेल loss lost bandd ठप्प badhit baadhit बाधित interrupted disrupted avruddh gaib gayb "
        "gul_hai lupt nadaarad laapata lapata anupalabdh unavailable off_hai vyavdhan व्यवधान avrodh अवरोध भाग_गई "
        "gayab_hai snapped_out knocked_out went_off gone_off suspended"
    ),
    "BAND": "band bnd bandh bund closed close shut बंद बन्द dead ded stopped bands bndd banda बंदी halted band_pada",
    "DOWN": "down daun डाउन",
    "DARK": (
        "andhera andhere andher andhkar andhiyara andheri dark darkness अंधेरे अँधेरे andhre अन्हार anhar anhaar "
        "अन्हरिया अंधियारा andhiyare andhiyar अंधियारे अन्धेरा अन्धेरे ghupp ghup black pitch अंधेरा candle candles "
        "mombatti मोमबत्ती laltern lalten लालटेन dibri dibiya torch"
    ),
    "WITHOUT": "without bina bagair bager without_any vina bine bin sans =बिन",
    "NOT": (
        "nahi nhi nahin ni nahee nahe nhin nahii naahi naikhe naikh naheen not isnt doesnt dont didnt cant wont hasnt "
        "havent arent wasnt cannot couldnt never nothing nhe न ना na nhii nahy neither unable aint =nai =nay =nei "
        "नाहीं naahin naahee नइखे naikhey nakhe नैखे naa nhn nahn nhee नहि nahiin nahh nh nhi_n नही नहीये नाहि naahii "
        "na_hi hardly barely neva nevr नहिन nahina nako not_a =नाय =naay"
    ),
    "NO": "no koi_nahi nil zero kono_nahi none koi_na no_any kehu_na kisi_ke_nahi",
    "CAME": (
        "aa_gayi aa_gaya aa_gai aa_gya aa_gyi aa_gaye aa_chuki aa_chuka aa_gail आ_गई came_back aagayi aagyi aagai "
        "aagaya आइ_गइल aai_gail आय_गई aay_gai आइ_गई laut_aai laut_aayi लौट_आई jal_gayi_light aa_gayee aagyii aagaye "
        "aa_gayin aa_gyee aaigai wapas_aa_gayi wapas_aa_gai laut_aayee"
    ),
    "COME": (
        "aa a_rahi a_rhi a_raha a_rha a_ri a_ra a_jati a_jaati aaya aya aayi ayi aai aaye aye aana ana aane ane aata "
        "ata aati ati aate ate aaa come comes coming came aayee aaraha aarahi aarhi arahi arhi arha aari aara aavat "
        "aawat ayee आ आई आयी आया आए आये आती आता आते आने आना ayii aat ayil aail आवत awat aavati आवति आवता आइल आवे aave "
        "aawe आई_है arahi_hai aavela आवेला aawela ati_hai badhat aaoge comin"
    ),
    "WILL_COME": (
        "aayegi ayegi aaegi aegi ayega aayega aayenge aaegii aaygi aygi आएगी आयेगी आएगा आयेगा aavegi awegi jayegi "
        "jaegi aajayegi आई_कब aai_kab आयगी aibe aaibe आइहै aihai aayihai आयेंगी aayengi hogi_bahal rahegi_kya"
    ),
    "GO": (
        "gaya gayi gaye gya gyi gai gye gae gyaa chala chali chale chla chli jana jane jaane jaye gail gaile went "
        "chalegayi जाने gey jave गइल गइली गवा gawa gava gaya_hai गै gai_hai chal_gaya chal_gayi gyee left भाग_गइल गयल "
        "gayal गईल gayee gayo"
    ),
    "JA": (
        "ja jaa jata jati jaati jaata jate jaate goes go going जा जाती जाता जात jaat jaati_hai जाति jale_jaat "
        "jaat_hai jatee =जाला"
    ),
    "GO_AWAY": (
        "chaligai chaligayi chali_gayi chali_gai chali_gyi chli_gyi chli_gayi chala_gaya chale_gaye chali_gaee चली_गई "
        "chali_gawa chal_gail चल_गइल चलि_गइल chali_gail chale_gai भाग_जात bhag_gayi chal_di chal_basi gai_hui "
        "gayi_hui"
    ),
    "CUT": (
        "kat kata kati kate katti katta katna katne kaat kaati kaata kaate kaatna cut cuts katau कट cutting katwa कटत "
        "katat कटल katal kati_hai cutt kaat_di kaat_diye काट काटी काट_दी snip severed kaatal"
    ),
    "ON": "=on chadh chadi",
    "BRING_BACK": (
        f"{_BRING_BACK} please_restore pls_restore kindly_restore restore_the restore_my restore_our "
        "please_repair kindly_repair please_fix kindly_fix"
    ),
    "RESTORE": (
        "restore restored restoration resume resumed bahal behal चालू chalu chaalu wapas wapis vapas vapis back "
        "returned normal restoring energised_back charge_hua charged_back laut lauti lautgayi लौट लौटी revived "
        "healthy bahali बहाली बहाल normalised normalized चालू_हो"
    ),
    "WILL_RESTORE": "restoration_time expected_time eta",
    "RAHA": (
        "raha rahi rahe rha rhi rhe rahal rahel rahta rehta rehti rahti rehte rahin रहल raho rahaa रहत rahat रहित रहलि"
    ),
    "BEEN": "=been",
    "IS": (
        "hai h he hain hei ho hua hui hue hota hoti hote hona is are am ba baa bate hau hauwe chuka chuki be being "
        "has have had hogaya hogyi hogya huyi huwa hoke hogayi huvi bani bana बा बाटे baate baad बाड़ी baadi भइल "
        "bhail होइ hoi हौ है_गवा hawa होत hot बाटी baati भई bhai_hai bhay hwe rahen rhta =बाड़ =छै"
    ),
    "WAS": "tha thi was were थी था =थे",
    "ME": (
        "me mein mai may in mn at मे में inside andar मा maa ma में_से andr भीतर bheetar bhitar अंदर within across throughout"
    ),
    "SE": "se from से due_to because_of ते te तै from_the सै",
    "ALSO": "bhi bhee also too भी",
    "KOI": "koi koee कोई any anyone somebody",
    "MAY": "sakti sakta sakte could might सकती सकता",
    "AFTER": "after =baad =बाद ke_baad पश्चात pashchat following",
    "DONE": "kar_diya kar_di kar_dia kardi kardiya kar_gaye kiya done completed कर_दिया कर_दी किया",
    "NOBODY": "nobody no_one none_of noone केहू kehu keu kauno_nahi koi_bhi_nahi kisi_ne_nahi nobdy",
    "KI": "ki ka ke kee kaa of k का के की कै केर ker =cha",
    "PE": "pe par per on_the upar uper ऊपर पर oopar above over पै pai पर_से pr along onto",
    "AND": "aur and evam और or ya अउर aur_bhi sath_hi साथ_ही together plus",
    "BUT": (
        "but lekin lkn magar phir_bhi fir_bhi parantu kintu yet even_after even_though though although फिर_भी ab_tak "
        "abhi_tak tab_bhi मगर mager par_ab baki_ab पर_अब तभी_से tab_se तब_से phirbhi उसके_बाद uske_baad however"
    ),
    "AGAIN": "phir fir dobara dubara again wapas_phir punah फिर दोबारा",
    "ABHI": "abhi ab now just अब अभी अबहीं abahi abhin अबहिन abhee filhaal currently rightnow now_also present",
    "KAB": (
        "kab kabtak when kb कब kabse_aayegi kabhtak what_time kabh कबले कब_ले kabse_chalu kitne_baje कितने_बजे "
        "kis_din किस_दिन kabtk कब_तक kis_samay kis_waqt by_when till_when"
    ),
    "KITNA": (
        "kitna kitni kitne kitna_time how_long how_much कितना कितनी कितने कतना ketna कितनी_देर kitni_der ketni kitana "
        "kitnaa how_much_longer how_much_time"
    ),
    "KYA": (
        "kya kyaa what whats kia whether क्या does did can ka_hua sach_hai kaa_bhail is_it are_they can_you could_you "
        "will_you please_tell bata_do batao_ki bata_dijiye jankari jaankari janna_tha puchna पूछना sirf_puchna "
        "know_when want_to_know any_idea will_the will_it will_power will_there will_light"
    ),
    "WHY": "kyu kyun kyo kyon why क्यों kaahe kahe kaise how kaisan kahe_nahi kaahen",
    "ALL": (
        "poora pura poore pure puri poori poora_ka all entire whole sara sare sari saara saare sab sabki sabka sabke "
        "sabhi every_house complete full everybody everyone total सारा सब सबकी सभी पूरा पूरे पूरी har_ghar kisi "
        "kisike सउँसे saunse सगरो sagro sagre sagare सबके sabhi_ke saare_ghar भर_मा bhar_ma bhar_mein किसी kehu_ke "
        "everybody_else each no_house not_a_single koi_ghar sabhan सबन samooche समूचे samucha समूचा sampurn संपूर्ण "
        "puura purra sb"
    ),
    "ONLY": (
        "sirf only keval kewal bas just_my सिर्फ केवल khali akele akela alone खाली ek_hi akele_mere sirf_hamara "
        "alone_in just_mine exclusively"
    ),
    "MY": (
        "mera meri mere hamara hamari hamare humara humari humare hmare my mine apne apna apni हमारे मेरे मेरी मेरा "
        "हमारी हमरे hamra mor moy mujhe mujhko hamar =our हमार hamaar hamre hamrey humre हमनी hamni humaar हमारा मोर "
        "hmari hmara hmre hmaare haamar"
    ),
    "HOUSE": (
        "ghar ghr makan makaan house home flat flats kamra kamre room quarter quatar dukan dukaan shop office घर मकान "
        "दुकान फ्लैट shops clinic floor manzil kothi premises residence kitchen rooms manjil घरे ghare घर_में कमरे "
        "makaan_me godown godaam गोदाम कारखाना karkhana factory unit_no mill plant bungalow कमरा hostel_room shoproom "
        "showroom kirayedar निवास nivas दूकान bhawan chakki_band workshop studio parlour salon school_me dwelling "
        "apartment_no flat_no दुकानें ghr_me tenement =आवास"
    ),
    "HOUSES": (
        "gharo gharon houses homes makano flats_all parivar families logo dukano dukane sabhi_gharo people villagers "
        "residents consumers customers घरों dukanen dukaanen villages traders families_here shopkeepers "
        "connections_ke consumer_all connxns cons gharan gharwa_sab सब_घर sau_ghar bungalows towers blocks lanes_all "
        "occupants members log_sab"
    ),
    "OTHERS": (
        "padosi padosiyo padoss pados neighbour neighbours neighbor neighbors neighbourhood baki baaki others other "
        "aaspas aas_paas aaspaas adjacent next_door dusro doosron dusre padosh bagal बगल पड़ोस पड़ोसी पड़ोसियों "
        "padosan पड़ोसन baaki_sab sabke_yahan बाकी_सब neighbouring samne_wale सामने_वाले bagal_wale aas_pas "
        "next_house opposite_house nbrs nbr बाकी baki_ghar"
    ),
    "AREA": (
        "mohalla mohalle mohale muhalla muhalle mohallo mohla mohle mohallaa area areas aria eria ilaka ilake ilaqa "
        "colony kaloni colni locality society societies basti gaon gaanv gram village vilej township sector vard ward "
        "market bazar bazaar mandi apartment apartments building complex tower city shehar shahar nagar nagariya "
        "puram vihar enclave khand hata ahata chawl एरिया इलाका इलाके मोहल्ला कॉलोनी कालोनी सोसाइटी अपार्टमेंट गांव "
        "बस्ती वार्ड सेक्टर मार्केट बाजार बिल्डिंग region neighbourhood zone feeder fidar फीडर substation upkendra "
        "टोला tola_bhar toley purwa गाँव gaanw gaon_bhar jawar hamlet अहाता चौक chowk mohalle_bhar मुहल्ला मुहल्ले "
        "मोहल्ला_भर इलाक़ा इलाक़े colny colonies campus hostel society_bhar kasba क़स्बा parisar परिसर chauk "
        "patti_area area_wide locality_wide नगर neighborhood bustee pur_ka side तरफ taraf आवास_विकास avas_vikas "
        "aawas_vikas"
    ),
    "BLOCK": "block blok blk ब्लॉक ब्लाक blck blok_me",
    "LANE": (
        "gali galli gully lane gulli galiyo गली गल्ली lanes gali_no tola tole गल्लियों gallee galli_bhar kuncha kucha =चाल"
    ),
    "ROAD": (
        "sadak sadk road rod roads street streets chauraha chouraha chaurahe crossing highway marg park temple सड़क "
        "रोड मोड़ modh mod नुक्कड़ nukkad tiraha तिराहा चौराहे चौराहा patri pavement footpath carriageway फुटपाथ "
        "पार्क bridge pul पुल tempo_stand raste_me carriage path maidan मैदान ghat_ki park_ki divider =ghaat"
    ),
    "COUNT": (
        "das ten paanch panch five char chaar chhah chheh six saat seven aath eight nau nine twelve pandra चार पांच "
        "छह सात आठ नौ दस =barah =बारह =four"
    ),
    "NUM_MANY": "pandrah bees pachis tees chalis pachas sau dozens several kai many dono donon both kayi multiple",
}
"""Idea -> spellings."""
