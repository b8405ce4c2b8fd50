"""What callers write of meter, money and service, of what is not ours, and what says nothing.

The form of the table is that of `words`.
"""

from __future__ import annotations

from typing import Final

SERVICE_WORDS: Final = {
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
"""Idea -> spellings."""
