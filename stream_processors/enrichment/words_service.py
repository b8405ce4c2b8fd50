"""What callers write of meter, money and service, of what is not ours, and what says nothing.

The form of the table is that of `words`.
"""

from __future__ import annotations

from typing import Final

SERVICE_WORDS: Final = {
    "READING": "reading readings riding रीडिंग rdg yunit_zyada रिडिंग rdng mdi kwh",
    "DISPLAY": "display disply screen डिस्प्ले डिसप्ले dikhata dikhaata digits ank register",
    "BLANK": "blank white कोरा blnk khali_display faded",
    "FAST": "fast tez tej teji tezi jaldi_chal तेज jumping bright तेज़ dugna_chal bullet jet bhaag_raha doguna",
    "RUN": (
        "chal chala_raha chalta chalti chalte chalu_hai chl bhag bhaag bhagta bhaagta run running runs works working "
        "work भाग चल rotating ghoom ghum chalna chale_raha kaam चलत chalat चलेला ghoomta ghumta घूमता घूमती चल_रहा "
        "spin spinning turn turns ghoom_raha badhta_nahi uthta_hi rukta"
    ),
    "HALT": "ruk ruka ruki atak stuck hang_ho freeze_ho रुक atka अटका jaam ठहर thahar thehar frozen jam_ho static",
    "RECHARGE": (
        "recharge recharged rechage rechrge richarge ricarge topup top_up tapap रिचार्ज recarge recharg richarj "
        "risaarj रीचार्ज रिचारज richaarj rchrge rchrg recharj topped topped_up reecharge top-up prepaid_top voucher"
    ),
    "BALANCE": (
        "balance balence belens balans बैलेंस balanc minus negative बैलेन्स bailens baelens balnce paisa_bacha bal "
        "negative_balance blnc"
    ),
    "PREPAID": (
        "prepaid pripaid prepade preped smart_meter smartmeter smart smart_mitar pre_paid स्मार्ट प्रीपेड "
        "स्मार्ट_मीटर smart_miter smartmetre smart_mtr prepayd पोस्टपेड postpaid sm_meter ईस्मार्ट smrt_mtr "
        "स्मार्टमीटर prepad"
    ),
    "BILL": (
        "bill bil bills billing bijli_bill बिल bills_me invoice बिलवा बिलु bilwa bilu billwa bijli_ka_bil bll bils "
        "इनवॉइस"
    ),
    "DUES": (
        "bakaya bakya bakaaya dues due arrear arrears outstanding बकाया overdue penalty surcharge ots byaj maaf "
        "interest waiver yojana scheme chhoot बकाये bakaye arrears_dikha late_fee lpsc mafi माफ ब्याज sood "
        "installment kisht emi deposit_due =kist =किस्त"
    ),
    "PAY": (
        "jama jamaa jma bhugtan payment pay paymnt pemant bharna bhare diposit deposit deposited जमा भुगतान पेमेंट "
        "upi gpay paytm phonepe transaction receipt rasid rashid challan online_payment cleared =bhara =भरा bhar_diya "
        "bhar_di bhar_dia भर_दिया bharne =paid चुका chuka_diya भरा_हुआ pesa_jama pemet bhugtaan chukaya भुगतान_हो "
        "भुगतान_किया bhrdi neft debited cash_counter cheque utr"
    ),
    "WRONG": (
        "galat glt wrong incorrect galti ग़लत गलत mistake correct correction revise sudharna गलती galti_se_bill "
        "wrongly erroneous error अशुद्ध tutti त्रुटि truti mismatch fake extra additional unreasonable गड़बड़_बिल "
        "fictitious disputed provisional avg average estimated अनुमानित"
    ),
    "AMOUNT": (
        "amount rupaye rupay rupaya rs rupees paise paisa paisaa rupiya hazar hajar lakh money cost charge charges "
        "shulk रुपये पैसे हजार रुपए रुपया रुपय पइसा paisawa paise_kata rupyee kharcha खर्चा fee fees fine "
        "surcharge_ka रकम rakam thousand thousands हजारों price rate tariff unit_rate"
    ),
    "ACCOUNT": (
        "account acount khata khaata akaunt अकाउंट खाता consumer_number consumer_no ac_no account_number ivrs acc_no "
        "a_c उपभोक्ता_संख्या"
    ),
    "NAME": "naam nam name नाम नाव naav",
    "NUMBER": "number numbar nambar num numbers नंबर नम्बर nmbr =no. नम्बरवा",
    "MOBILE": "mobile mobail मोबाइल फोन phone fon phn मोबाईल मोबाइलवा contact_number phone_number",
    "NEW": (
        "naya naye new navin nya nyi नया नये नई nayaa nayi nyaa नवा nava nawa navaa nva नवका navka nyaa_wala fresh "
        "temporary temp अस्थाई asthai अस्थायी brand_new"
    ),
    "APPLY": (
        "apply applied aplai aavedan avedan application form आवेदन अप्लाई request requested estimate अर्जी arji अरजी "
        "arzi file_no फाइल pending_application प्रार्थना_पत्र applying jhatpat झटपट survey inspection sanction"
    ),
    "LOAD": "load lod लोड bhar_badh लोडवा =bhaar sanctioned augmentation contract_demand =भार",
    "KW": "kilowatt kilo kva kilovat किलोवाट kw_se =kw",
    "INSTALL": (
        "lagwana lagvana lagwao lagwane lagwani install installation installed लगवाना लगवाने लगवावे lagwawe lagwa "
        "lagva lagvane lagwaye लगवा lagwani_hai lagana लगाना lgana lgwana"
    ),
    "SHIFT": (
        "shift shifting shifted hatana hatwana hatao hatvana hatvao hatwao hatane relocate शिफ्ट हटाना हटवाना remove "
        "हटवा hatwa hatwaiye सरका sarka sarkana khiska khiskana खिसकाना relocating relocation beech_me बीचोंबीच "
        "beechobeech obstructing dusri_jagah move_the moving"
    ),
    "CHANGE": (
        "badal badalwana badlo badalna badli change convert badlwana badlao badalwao बदल badlav parivartan increase "
        "decrease enhance reduce badhana badhwana ghatana kam_karana karana karani बदलवाना badalne बदलने बदलो "
        "downgrade upgrade upgradation reduction enhancement"
    ),
    "KYC": (
        "kyc ekyc ownership mutation namantaran category_change domestic commercial gharelu vyavsayik केवाईसी "
        "transfer naam_transfer आधार_लिंक virasat विरासत succession name_transfer"
    ),
    "SOLAR": "solar net_meter netmeter net_metering saur rooftop सोलर नेट_मीटरिंग",
    "DISCONNECT": (
        "disconnect disconnected disconnection diskanect डिस्कनेक्ट pdc disconnects काटल permanent_disconnection "
        "काट_के pd_order temporarily_disconnected kaat_gaye"
    ),
    "THEFT": (
        "chori choree chor theft steal stealing steals stolen चोरी hooking hook hooked katiya katia kantiya katiyaa "
        "bypass baipass bypassed illegal illegally unauthorised unauthorized avaidh tampering tampered tamper कटिया "
        "बाईपास अवैध tapping kataiya katiye kunda kundi kanta kaanta chura churana churate chura_raha चोरवा "
        "bijli_chor चोरी_से चोरबाजारी katiyabaji कटियाबाजी kantia कटवा कटइया कटिया_डाल katiabaaz tapped tapping_into "
        "cheating pilfer pilferage choriya bypas magnet shunt कटया seedhe_taar meter_se_pehle before_meter "
        "meter_ke_pehle ded_meter_chori unmetered hooked_up chura_rahe muft_ki_bijli free_power bypassing"
    ),
    "STREETLIGHT": (
        "streetlight streetlights street_light street_lights street_lamp streetlamp lamp lamppost light_pole halogen "
        "स्ट्रीट_लाइट स्ट्रीटलाइट street_lite istreet_light stret_light strit_light road_light roadlight sadak_batti "
        "pole_light light_post highmast high_mast road_lights led_light lamp_post street_lamps lamps stret_lite "
        "strt_lght सड़क_बत्ती सड़क_लाइट roadside_light पथ_प्रकाश path_prakash prakash_vyavastha प्रकाश_व्यवस्था "
        "खंभे_की_लाइट highmast_light ledlight हाई_मास्ट nagar_nigam_light lattu लट्टू led_lights high_mast_light "
        "gali_batti गली_बत्ती sodium traffic_light traffic_signal streetlamp_off dusk_sensor strret_light strit_lait "
        "street_bulb"
    ),
    "COMPLAINT": (
        "complaint complaints complain complent complant kamplent kampalent shikayat sikayat shikayt shikaayat ticket "
        "token शिकायत कंप्लेंट कम्प्लेंट compalint cmplnt complained complaining docket शिकाइत shikait सिकायत complnt "
        "complaint_no शिकायत_नंबर cmplaint grievance शिकायतें petition tkt docket_no अभियोग"
    ),
    "STATUS": (
        "status stetas update updates progress sthiti स्टेटस kya_hua kahan_tak kaha_tak kya_huwa kuch_pata any_news "
        "track स्थिति sts कार्यवाही karyavahi karwai karyawahi pragati प्रगति followup follow_up progress_kya"
    ),
    "SHUTDOWN": (
        "shutdown shatdown shut_down satdown sutdown शटडाउन roster rostering rosterng katauti cutoff load_shedding "
        "loadshedding maintenance planned scheduled anurakshan कटौती मेंटेनेंस schedule meintenance kategi katega "
        "kaatoge katne_wali मेन्टेनेंस announcement notice sutdaun शट_डाउन cut_schedule रोस्टर roaster कार्यक्रम "
        "mentenance मरम्मत_कार्य marammat announced akhbar अखबार newspaper proposed postponed"
    ),
    "LONG": (
        "der deri samay time taim kab_tak tym late delay delayed समय टाइम देर vakt waqt टैम tem tym_lagega समय_लगेगा"
    ),
    "TAKE": (
        "lagega lagegi lagenge take takes lgega lega lagegaa rahega rahegi लगेगा रहेगा रहेगी hogi hoga honge expected "
        "expect लगिहे lagihe लगी_कितना sambhavna संभावना sambhav"
    ),
    "HELPLINE": (
        "helpline helplain help_line tollfree toll_free customer_care callcentre call_centre call_center control_room "
        "kantrol हेल्पलाइन ivr executive operator agent =1912 =18001801912 toll_free_number helplene हेल्प_लाइन "
        "काल_सेंटर call_sentar tollfri customer_service karyalay कार्यालय daftar दफ्तर cash_window office_wale "
        "substation_office enquiry_office suvidha_kendra landline लैंडलाइन ivrs_menu menu window sdo_office counter"
    ),
    "CALL": (
        "call calls kal_nahi kol phone_nahi phn_nahi ring कॉल फोन phone fon called calling फोनवा phonwa dial dialed "
        "dialled kaal काल रिंग ringing"
    ),
    "BUSY": "busy bizi vyast biji engaged बिजी व्यस्त waiting hold beezy लाइन_व्यस्त enagaged waitng जाम",
    "PICK": (
        "uthata uthate utha uthaya uthati uthaye uthat pick picks picked picking receive received attend attending "
        "answer answers answering respond response responding jawab uttar uthta उठाता उठाते उठा suntaa sunta sunte "
        "sun sunwai sunvai sunane reply reachable sunne sunwata उठावत uthawat उठावे uthave uthavat uthakar उठते "
        "unanswered lift_nahi attended respnse baat_nahi_hui sunat सुनत sunwaiya suntahi kat_jata cuts_off hang_up"
    ),
    "STAFF": (
        "lineman linemen lainman linmen लाइनमैन staff karmchari karamchari karmachari je sdo xen adhikari officer "
        "babu sahayak team engineer bijli_wale bijliwale vibhag department dept gang crew technician employee "
        "contractor thekedar कर्मचारी जेई mistri operator_ne meter_reader मीटर_रीडर mitar_ridar bijli_vibhag "
        "vidyut_vibhag power_department electricity_department लाइनमेन lainmen linemn laynman लाईनमैन jee कर्मचारियों "
        "बाबू babuji supervisor contractor_ka मिस्त्री mistry mistari foreman ssо staffwala meterreader clerk gang_ne "
        "सेवाकर्मी je_sahab अवर_अभियंता abhiyanta अभियंता vendor"
    ),
    "ASK": (
        "maang mang mange maange mangta maangta mangte demand demands demanding demanded bribe ghoos ghus rishwat "
        "rishvat मांग रिश्वत घूस money_asking asking asked asks vasuli maangat मांगत maangte_hai mangat vasool वसूल "
        "le_gaya_paise sifarish extort extortion bakshish inaam"
    ),
    "RUDE": (
        "badtameezi badtamiji badtmizi gaali gali_galauj rude rudely abuse abused misbehave misbehaved misbehaviour "
        "misbehavior behave behaviour abhadra abhadrata batamiji dhamki dhamka बदतमीजी अभद्र lapervah laparwahi "
        "laparvahi negligence careless jhooth jhoota तमीज tameez tamiz बदतमीज़ी badtameej rudeness arrogant shouted "
        "shouting chillaya tevar तेवर insult insulted behavior बर्ताव bartav भाषा jhoothi झूठ झूठी jhooth_bol "
        "false_report farzi फर्जी manmani मनमानी"
    ),
    "APP": (
        "app aap_app application_app portal website site web server sarvar login password ऐप एप वेबसाइट पोर्टल सर्वर "
        "upcl_app crash_app link ऐप्प epp aap_me urja_app उर्जा_ऐप url sait signin sign_in logins एप्लीकेशन "
        "application_crash chatbot whatsapp"
    ),
    "OTP": "otp ओटीपी captcha sms ओ_टी_पी verification_code code_nahi",
    "THANKS": (
        "thanks thank thankyou thanx thnx dhanyavad dhanyawad dhanyvad shukriya thnks धन्यवाद शुक्रिया abhar aabhar "
        "tysm meharbani धन्यबाद dhanbad thankful appreciate appreciated grateful_for बहुत_धन्यवाद आभारी aabhari "
        "good_work kudos sadhuvad साधुवाद dhanyawaad sincere_thanks bhagwan_bhala भला_करे bhala_kare"
    ),
    "CANCEL": (
        "cancel cancle cancelled kensal kainsil radd रद्द कैंसिल withdraw हटा_दो_शिकायत withdraw_my shikayat_hata "
        "शिकायत_वापस shikayat_wapas complaint_wapas शिकायत_बंद wapas_le disregard ignore kaat_do_complaint close_the "
        "close_it pls_close please_close may_be_closed complaint_close close_ticket no_longer now_close "
        "khatam_karo_complaint"
    ),
    "GREET": (
        "hello hlo helo hey namaste namaskar pranam good ram_ram राम_राम नमस्ते नमस्कार हेलो radhe test testing "
        "helo_ji प्रणाम pranaam jai_ram जय राम_राम_जी suprabhat good_morning hii"
    ),
    "SKY": (
        "aasman asman aakash akash aasmani asmani lightning lightening lightening_strike thunder thunderstorm "
        "badal_garaj vajrapat thunderbolt आसमान आकाश आसमानी वज्रपात आकाशीय akashiya aakashiya kadki kadak_rahi "
        "kadakti chamki garaj garja गरज garajna thunder_hui बादल badalon badli_garj कड़क कड़की kadak चमकी चमक chamak "
        "chamakti bijli_kadki tadit"
    ),
    "DRAIN": (
        "nali naali naala nala sewer sever siwer gutter drain drainage manhole नाली नाला सीवर नाबदान गटर choked_drain "
        "sewerage नाली_जाम"
    ),
    "GARBAGE": (
        "kuda kooda kachra kachara garbage safai waste dustbin कूड़ा कचरा सफाई sweeper jhadu कबाड़ kabad kabaad कूड़े "
        "kude kachre कचरे dustbins waste_heap dump dumpyard kude_ka"
    ),
    "GAS": (
        "gas cylinder silinder lpg rasoi sylinder गैस सिलेंडर png igl cugl gas_wala सिलिंडर सिलेण्डर silender cylindr "
        "regulator रेगुलेटर chulha चूल्हा chulhe stove burner"
    ),
    "OTHER_UTILITY": (
        "broadband wifi internet jio airtel bsnl net_nahi recharge_jio dish_tv cable_tv railway train tap_water "
        "jalkal jal_kal jal_nigam jalnigam water_supply water_connection nagar_nigam nagarnigam municipality pothole "
        "gaddha gadha gaddhe potholes mosquito macchar fogging dogs_stray stray police ambulance petrol ration rashan "
        "aadhaar aadhar passport bank atm loan pension pizza order delivery courier taxi cab hospital_bed "
        "doctor_appointment internet_nahi network tower_nahi इंटरनेट वाईफाई driving license licence =dth kutte "
        "macchhar fibre fiber wi_fi dish नल_का jal_vibhag road_repair सड़क_टूटी gadhe animal_catch birth_certificate "
        "ration_card college bus_time train_ka traffic cinema mausam weather recipe plumber mechanic बीमारी "
        "mobile_tower jal_nigam_wale पानी_सप्लाई pani_ki_supply pani_ka_connection सिम sim नेटवर्क airtel_wale "
        "jio_fiber सफाई_कर्मचारी electrician मिस्त्री_चाहिए telephone टेलीफोन house_tax saanp snake bus_ki doctor"
    ),
    "WRONG_NUMBER": (
        "wrong_number rong_number galat_number galat_nambar wrong_no galti_se by_mistake रॉन्ग_नंबर गलत_नंबर "
        "wrong_call galat_call wrongly_dialed mistakenly misdialed"
    ),
    "NO_MATTER": "baat_nahi dar_nahi",
    "DANGER": (
        "danger dangerous khatra khatre khatarnak hadsa haadsa jaanleva janleva risky unsafe खतरा खतरनाक हादसा "
        "खतरा_है =डर =dar =darr afraid scared unsafe_hai bachao बचाओ hazard hazardous khatarnaak खतरनाख jaanlewa जानलेवा "
        "anhoni अनहोनी emergency"
    ),
    "DENY": "rumour rumor afwah jhooth_bola no_danger khatra_nahi mock_drill drill dont_worry",
    "FIRE_BRIGADE": (
        "fire_brigade faayar_brigade fire_station fire_bridge firebrigade फायर_ब्रिगेड फायर_स्टेशन फायरब्रिगेड damkal "
        "fire_service दमकल fire_office fire_wale फायर_विभाग fire_department fire_tender"
    ),
    "NAMED": (
        "power_house powerhouse bijlighar bijli_ghar light_house water_works electric_scooter power_hall tar_bangla "
        "khamba_gali electric_shop electrical_shop बिजलीघर बिजली_घर transformer_gali transformer_wali khambe_wali "
        "khambe_vali pole_no pole_number jal_sansthan"
    ),
    "TALK": (
        "=tank =tanks "
        "summer haalat halat pareshan preshan pareshaan bimar beemar mareez padhai pariksha exam bhejo bhej bhejiye "
        "bhejwa bhejna karo kare karein karen karwao karwa karva kijiye kijiyega dekho dekh dekhe dekhiye batao "
        "bataye bata bataiye sunte samne saamne paas pass near wala wali wale vala log aadmi person help send check "
        "urgent immediately request urgently team_bhejo hamko humko humlog hum unka uska isliye kyonki wajah because "
        "matlab matlb sirji bura bahut very itna itni turant jor zor din_se raste rasta pichle last mahoday महोदय "
        "परेशान जल्दी भेजो भेजिए करो कीजिए करें बहुत कृपया सामने पास वाला वाली वाले लोग हम आप aap aapka aapke mai "
        "main purana purani purane old pehle pahle already start starts started samajh ummeed ummid umeed broker "
        "leaving leading machine connect collect collected recent refuse closing callers callback usable contract "
        "customer consumer upbhokta उपभोक्ता barabar meaning reaching matters family placed policy stored stated "
        "become kyunki kindly reported reporting reports =jaal =जाल खाना khana bimari padhne papa mummy मम्मी bhagwan "
        "भगवान sunte_ho daaliye vinti विनती nivedan निवेदन kripa कृपा kasht कष्ट humbly kindly_do respect "
        "residents_of obliged mahodaya savinay सविनय sevak prarthi प्रार्थी regards kindness intervention behalf "
        "श्रीमान shriman machhar machchhar aap_log sansthan bahut_pareshan chhote studies study shaadi शादी marriage "
        "function puja पूजा chhath festival diwali दीवाली holi ramzan namaz iftar चौपट chaupat dawai medicine insulin "
        "oxygen aandhi आंधी storm toofan तूफान due_respect bol_raha bol_rahi bol_rahe बोल_रहा बोल_रही बोल_रहे bolat "
        "bol_rhe bol_rha bol_rhi bol speaking haath_jod हाथ_जोड़कर हाथ_जोड़ with_folded folded haath_jodkar "
        "maaf_karna maaf_kijiye माफ_कीजिए क्षमा kshama sorry bachche_ro bachhe_ro intezaar intezar intejar इंतजार "
        "इंतज़ार waiting_for ata_pata अता_पता kuch koi_kuch darshan दर्शन"
    ),
    "POLITE": (
        "please pls plz plss kripya kripaya sir madam bhaiya bhai sahab saheb sahib ji sirji jaldi jldi प्लीज साहब "
        "भैया =the =an =this =that =it =i =we =you =to =hi =ही"
    ),
    "GENERATOR": "dg generator ups inverter_band battery charge charging",
    "SHOPNAME": (
        "electronics electronic electricals gym chicken corner sweets mishthan store stores hotel dhaba restaurant "
        "tailor tailors medical garments textiles traders_shop bhandar mart guest_house enterprises बेकरी bakery "
        "jewellers saree cafe café ढाबा जिम स्टोर होटल इलेक्ट्रॉनिक्स मेडिकल स्वीट्स भंडार कॉर्नर coaching"
    ),
    "HEART": (
        "dil dimag dimaag kaleja kaleje jeb sharir man seene दिल दिमाग कलेजे कलेजा जेब सीने तन_बदन tan_badan khopdi "
        "दिमाग़ heart brain mind pocket wallet words"
    ),
    "SEEN": (
        "dekh_ke dekh_kar dekhkar dekhke sun_ke sun_kar sunkar sunke dekhte_hi sunte_hi देखकर देख_कर देख_के सुनकर "
        "सुन_के सुन_कर देखते_ही सुनते_ही padhkar dekha_to when_i_saw seeing upon_seeing hearing opened_the padh_ke "
        "देखि_के dekhi_ke dekhli"
    ),
    "BURNABLE": (
        "parali पराली khalihan khalihaan खलिहान chhappar छप्पर jhopdi झोपड़ी jhopri bhatta bhatthi भट्ठी भट्टी भट्ठा "
        "patakha crackers firecrackers cracker firecracker diwali_crackers rocket kitchen_fire leaves dry_leaves "
        "grass straw haystack bonfire alaav अलाव holika होलिका hawan havan हवन incense agarbatti cigarette bidi "
        "engine battery_scooter warehouse godown_me_aag forest jungle crop khet खेत fasal फसल kisan किसान puaal पुआल "
        "bhusa भूसा mattress sofa kapde_me cooking sabzi_jal roti diya_se candle_se petrol_pump kerosene"
    ),
    "HOT": "garmi garam heat गर्मी गरमी umas उमस loo गरम",
    "STILL": "abhi_bhi अभी_भी ab_bhi अब_भी still phir_se फिर_से phirse lagatar लगातार अबहीं_ले once_again giving_again",
    "UNIT": "unit units yunit यूनिट",
    "WRITE": "likho likhwani likhwana likhna likhni likhwa likhiye darj दर्ज likhlo लिखो लिखवानी lodge note_karo",
}
"""Idea -> spellings."""
