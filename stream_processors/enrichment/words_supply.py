"""What callers write of supply, and the small words that decide.

The form of the table is that of `words`.
"""

from __future__ import annotations

from typing import Final

SUPPLY_WORDS: Final = {
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
}
"""Idea -> spellings."""
