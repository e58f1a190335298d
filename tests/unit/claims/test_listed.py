"""Counted lists: what is counted and listed is compared; what only sounds like it is left alone."""

from __future__ import annotations

import pytest

from junheng.claims.claim import Claim, Verdict
from junheng.claims.reasons import words
from junheng.claims.relations.listed import listed_claims
from junheng.claims.report import read_report
from junheng.documents.document import plain_document

GOES_ON = (
    "\n以上工作得到了各乡镇、各学校和广大家长的理解与支持，为今后几年的工作打下了较好的基础。"
    "我们将继续按照既定的时间表推进，定期向社会公布进展，主动接受群众监督，把好事办好。"
)

HOLDS = [
    ("全县从经费、师资、校舍三个方面加大支持力度。", "三个方面"),
    ("从办学方向、队伍建设和质量提升三个方面推进。", "三个方面"),
    ("采取“建、改、扩、租”四种方式增加学位。", "四种方式"),
    ("按照学校申报、乡镇初核、县级审定三步进行。", "三步"),
    ("从思想认识、组织领导、\n经费保障三个方面抓好落实。", "三个方面"),
    ("从小学、初中的经费、师资两个方面入手。", "两个方面"),
    ("学位不足和教师缺编一直是制约城区办学的两大难题。", "两大难题"),
    ("实施“四个统一”，即统一招聘、统一培训、统一调配、统一考核。", "“四个统一”"),
    ("坚持“三同步”，同步设计、同步施工、同步验收。", "“三同步”"),
    ("落实“四包”责任制，即县领导包乡镇、乡干部包村、村干部包组、教师包学生，切实做到一个不少。", "“四包”"),
    ("通过“四风”建设，形成了校风正、教风严、学风浓、班风好的局面。", "“四风”"),
    ("开展“五个一”活动，及读书、习字、唱歌、跳绳和劳动活动。", "“五个一”"),
    ("做到“四定”（定人员、定任务、定时间、定标准）。", "“四定”"),
    ("我们做到“六个\n优先”，即优先规划、优先投入、优先用地、优先用人、优先待遇、优先解难。", "“六个\n优先”"),
    ("做到三个结合，即校内与校外相结合，课内与课外相结合，学校、家庭、社会相结合。", "三个结合"),
    ("实施三个转变：由重规模向重质量转变；由重硬件向重软件转变；由重管理向重服务转变。", "三个转变"),
    ("抓好三个环节：计划和部署、检查和督促、总结和提高。", "三个环节"),
    ("今年共有4个项目开工，分别是城北小学综合楼、河东中学食堂、西关幼儿园和特教学校康复楼。", "4个项目"),
    ("其中图书达标的有甲、乙、丙三校，其余两校正在补充。", "三校"),
    ("全县划分为五个学区，即城关、河东、河西、山南和山北。", "五个学区"),
    ("主要抓了三项工作：一是优化布局；二是充实师资；三是改善条件。", "三项工作"),
    ("存在三个问题：首先是师资不足；其次是校舍紧张；最后是经费短缺。", "三个问题"),
    ("一是教师缺编；二是学位紧张；三是经费不足。针对上述三个问题，制定了方案。", "三个问题"),
    ("现从两个方面汇报如下：\n一、基本情况\n学校不大。\n二、主要做法\n加大投入。", "两个方面"),
    ("核查以下3项指标：\n（一）生均面积\n（二）生均设备值\n（三）骨干教师数\n第三条 其他", "3项指标"),
    ("内容包括三个层面：①县与县之间；②校与校之间；③群体之间。", "三个层面"),
    ("一是保障经费。二是做到两个到位：一是思想到位；二是组织到位。三是严格考核。", "两个到位"),
    ("按照“严、实、细、快”四字要求开展工作。", "四字"),
    ("以“团结、进取、博学、笃行”八字校训为引领。", "八字"),
    ("保障听力、智力、肢体三类残疾儿童入学。", "三类"),
    ("健全市、县、校三级培训网络。", "三级"),
    ("落实省市县三级财政分担机制。", "三级"),
    ("建立“校长—年级主任—班主任”三级管理网络。", "三级"),
    ("推动部门、学校、家庭三方共管。", "三方"),
    ("人防、物防、技防三防落实到位。", "三防"),
    ("四率（入学率、巩固率、毕业率、升学率）全部达标。", "四率"),
    ("健全部门、学校、家庭三位一体机制。", "三位一体"),
    ("材料分三大类：文件类、台账类、影像类。", "三大类"),
    ("实施“安居工程”“青蓝工程”“书香工程”三大工程。", "三大工程"),
    ("实施“三大工程”——“安居工程”“青蓝工程”“书香工程”。", "“三大工程”"),
    ("有下列三种情形之一的，暂缓认定：（1）班额超标；（2）材料不实；（3）师资不足。", "三种情形"),
    ("一是守住招生关。二是守住收费关。三是守住质量关。守好这三关，口碑越来越好。", "三关"),
    ("抓好三个环节：备课求实，上课求活，辅导求细。", "三个环节"),
    ("分为两个阶段：\n第一阶段：摸底（5月）。\n第二阶段：整改（6月）。", "两个阶段"),
    ("下面讲两点意见。\n第一点，认清形势。\n任务不轻。\n第二点，加大投入。\n多方筹措。", "两点意见"),
    ("工作分三步走：第一步摸底，第二步整改，第三步验收。", "三步"),
    ("原因有三：一是路远；二是人少；三是钱少。", "三"),
    ("落实课程计划、课程标准、课时安排“三不变”。", "“三不变”"),
    ("小学、初中、高中三个学段协调发展。", "三个学段"),
    ("开齐音乐、体育、美术三门课程。", "三门"),
    ("主要做法有三点。一是定目标，做到两个纳入：一是纳入规划；二是纳入考核。二是给经费。三是配师资。", "三点"),
]

DIFFERS = [
    ("全县从组织领导、经费投入、师资建设、校园安全三个方面加大支持力度。", "三个方面", 4),
    ("全县从组织领导、经费投入、师资建设四个方面加大支持力度。", "四个方面", 3),
    ("采取“建、改、扩”四种方式增加学位。", "四种方式", 3),
    ("围绕和谐校园、平安校园、书香校园四个主题开展创建。", "四个主题", 3),
    ("教师做到“三爱”，爱岗位、爱学校、爱学生、爱生活。", "“三爱”", 4),
    ("实施“四个统一”，即统一招聘、统一培训、统一调配。", "“四个统一”", 3),
    ("实施“三个统一”，即统一招聘、统一培训、统一调配和统一考核，切实解决缺编问题。", "“三个统一”", 4),
    ("落实“五包”责任制，即县领导包乡镇、乡干部包村、村干部包组、教师包学生，切实做到一个不少。", "“五包”", 4),
    ("严格实行五个不准：不准有偿补课，不准体罚学生，不准乱收费，不准乱订资料。", "五个不准", 4),
    ("三大工程（强师工程、薄改工程、关爱工程、质量工程）深入实施。", "三大工程", 4),
    ("主要有四个特点：起步早、投入大、见效快。", "四个特点", 3),
    ("今年共有5个项目开工，分别是城北小学综合楼、河东中学食堂、西关幼儿园和特教学校康复楼。", "5个项目", 4),
    ("主要抓了三项工作：一是优化布局；二是充实师资；三是改善条件；四是强化管理。", "三项工作", 4),
    ("按照“严、实、细”四字要求开展工作。", "四字", 3),
    ("建立市、县、乡、校三级培训网络。", "三级", 4),
    ("确保听力、视力、智力、肢体三类残疾儿童入学。", "三类", 4),
    ("材料分四大类：文件类、台账类、影像类。", "四大类", 3),
    ("实施“安居工程”“青蓝工程”“书香工程”四大工程。", "四大工程", 3),
    ("实施四大工程——安居工程、青蓝工程、书香工程，带动全局。", "四大工程", 3),
    ("抓好四个环节：备课求实，上课求活，辅导求细。", "四个环节", 3),
    ("还有四点困难：一是教师缺编；二是学位紧张；三是经费不足。下一步，我们将争取支持，逐项解决。", "四点困难", 3),
    ("做好五项工作：1.摸清底数；2.制定方案；3.整改落实；4.迎检验收。" + GOES_ON, "五项工作", 4),
    ("主要抓了四项工作：一是优化布局；二是充实师资；三是改善条件。" + GOES_ON, "四项工作", 3),
    ("核查以下4项指标：\n（一）生均面积\n（二）生均设备值\n（三）骨干教师数\n第三条 其他", "4项指标", 3),
]

CANNOT_TELL = [
    ("主要抓了四项工作：一是优化布局；二是充实师资；三是改善条件。", "四项工作"),  # nothing follows: may be cut off
    ("主要抓了四项工作：一是优化布局；二是充实师资；三是……" + GOES_ON, "四项工作"),
    ("主要抓了四项工作：一是优化布局；三是改善条件；四是强化管理。" + GOES_ON, "四项工作"),
    ("主要抓了三项工作：\n一是优化布局。\n二是充实师资。\n改善条件，新建食堂。" + GOES_ON, "三项工作"),
    ("下面我从四个方面汇报。\n一、基本情况\n学校不大。\n二、主要做法\n加大投入。", "四个方面"),
    ("重点核查以下12项指标。", "12项指标"),
    ("共收集项目信息3个，分别是：\n3.食堂改造项目。", "3个"),
    ("针对督查反馈的三个问题，采取以下措施：一是补师资；二是增学位；三是强管理；四是严考核。" + GOES_ON, "三个问题"),
    ("针对这些情况，围绕两个重点，拿出硬措施，即补师资、增学位、强管理。", "两个重点"),
    ("“五育”融合，德育为先、智育为重、体育为基、美育为要。", "“五育”"),
    ("做到“三个到位”。组织得力，三是责任到位。", "“三个到位”"),
    ("还有三点困难：一是教师缺编；二是学位紧张。再一点就是经费不足，需要各方支持。", "三点困难"),
    ("现就三个阶段的工作汇报：第一阶段已经完成；第二阶段正在推进。" + GOES_ON, "三个阶段"),
]

LEFT_ALONE = [
    "全县86所小学全部落实“两免一补”政策，两会期间三次调研。",
    "我校是九年一贯制学校，开展“一师一优课”活动，三名学生被评为“三好学生”。",
    "近三年投入3200万元，三个工作日内办结，第三个方面的工作正在推进，前两个问题已经解决。",
    "坚持“三同步”原则，教育投入逐年加大。",
    "学校有功能室8个，包括音乐室、美术室等。",
    "围绕控辍保学、营养改善、校园安全等五项重点工作开展督查。",
    "实现了四个转变，教学质量、办学条件、师资水平不断提升。",
    "全县现有小学12所、初中3所，分别为120个班、45个班。",
    "新增教师12名、校长3名，分别是甲、乙、丙、丁。",
    "新招聘5名教师，分别是语文、数学和英语教师。",
    "新建6个功能室，分别是音乐室、美术室、舞蹈室。",
    "全县新建5所学校，分别是第三小学、第四小学和两所幼儿园。",
    "四所学校分别为省级、市级示范校。",
    "在入学率、巩固率、升学率中有两项指标未达标。",
    "建有音乐室、美术室6间。",
    "“四化三园”建设深入推进，“5+2”计划顺利实施，“双线”任务责任制全面落实。",
    "把“十四五”规划落到实处，二类示范性学校达到三所。",
    "做到一个目标、两项任务、一个抓手。",
    "推进“两个带头一个表率”。",
    "实行“两自一包”改革，即管理自主、教师自聘、经费包干。",
    "小学有2项指标未达标，七项指标中有五项达标，分别由两个部门整改。",
    "主要问题有以下几个方面：一是投入不足；二是师资薄弱。",
    "抓实三个重点环节，确保目标如期实现。",
    "三级教师、二类学校、三级医院都已达标，合同一式三份。",
    "在理科、文科三级评价标准中，县、校二级管理正在完善。",
    "经费实行“校财局管、集中支付、统一核算”两级管理。",
    "县、乡、村各三级不等，配齐音乐、体育、美术二类器材。",
]


def one_claim(text: str, quote: str) -> Claim:
    claims = [claim for claim in listed_claims(read_report(plain_document(text))) if claim.quote == quote]
    assert len(claims) == 1, [claim.quote for claim in listed_claims(read_report(plain_document(text)))]
    assert text[claims[0].start : claims[0].end] == quote
    return claims[0]


@pytest.mark.parametrize(("text", "quote"), HOLDS)
def test_a_list_of_the_length_that_was_said_holds(text: str, quote: str) -> None:
    claim = one_claim(text, quote)
    assert claim.verdict is Verdict.CONSISTENT
    assert claim.recomputed == claim.claimed == len(claim.inputs)


@pytest.mark.parametrize(("text", "quote", "listed"), DIFFERS)
def test_a_whole_list_of_another_length_does_not_hold(text: str, quote: str, listed: int) -> None:
    claim = one_claim(text, quote)
    assert claim.verdict is Verdict.INCONSISTENT
    assert claim.recomputed == listed == len(claim.inputs)


@pytest.mark.parametrize(("text", "quote"), CANNOT_TELL)
def test_a_list_that_may_have_lost_items_is_not_judged(text: str, quote: str) -> None:
    claim = one_claim(text, quote)
    assert claim.verdict is Verdict.NOT_CHECKABLE
    assert claim.recomputed is None


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_a_number_that_announces_no_list_is_left_alone(text: str) -> None:
    assert listed_claims(read_report(plain_document(text))) == ()


def test_the_items_are_quoted_where_they_stand() -> None:
    text = "坚持“三同步”，即同步设计、同步施工和\n同步验收。"
    claim = one_claim(text, "“三同步”")
    assert [item.quote for item in claim.inputs] == ["同步设计", "同步施工", "同步验收"]
    assert all(text[item.start : item.start + len(item.quote)] == item.quote for item in claim.inputs)


def test_a_slogan_told_again_with_an_item_less_is_a_claim_of_its_own() -> None:
    text = (
        "要求做到“四个优先”（“四个优先”即：优先规划学校，优先安排经费，优先保障用地，优先落实待遇）。"
        "自查情况：我县做到了“四个优先”。制定了规划，印发了方案，召开了会议，做到了经费优先安排、用地优先保障、待遇优先落实。"
    )
    claims = listed_claims(read_report(plain_document(text)))
    again = claims[-1]
    assert again.quote == "做到了经费优先安排、用地优先保障、待遇优先落实"
    assert (again.verdict, again.claimed, again.recomputed) == (Verdict.INCONSISTENT, 4, 3)
    assert {claim.verdict for claim in claims[:-1]} == {Verdict.CONSISTENT}


def test_a_headline_takes_over_the_list_given_further_on() -> None:
    text = "攻克两个难点，全面提升水平。\n学位不足和教师缺编一直是制约城区办学的两大难题。"
    first, second = listed_claims(read_report(plain_document(text)))
    assert (first.quote, second.quote) == ("两个难点", "两大难题")
    assert first.verdict is second.verdict is Verdict.CONSISTENT
    assert first.inputs == second.inputs


def test_the_numbering_of_the_next_report_is_not_part_of_the_list() -> None:
    text = (
        "城东镇甲学校义务教育工作情况汇报\n我从三个方面汇报。\n一、概况\n学校不大。\n二、做法\n加大投入。\n"
        "城西镇乙学校义务教育工作情况汇报\n三、问题\n学位紧张。"
    )
    assert one_claim(text, "三个方面").verdict is Verdict.NOT_CHECKABLE


def test_the_reason_names_what_was_listed_in_both_languages() -> None:
    claim = one_claim("实施“四个统一”，即统一招聘、统一培训、统一调配。", "“四个统一”")
    assert words(claim.why) == "说4项，列出的却是3项：统一招聘、统一培训、统一调配"
    assert words(claim.why, "en") == "says 4 but lists 3: 统一招聘、统一培训、统一调配"


def test_the_section_is_the_headings_above() -> None:
    text = "二、主要做法\n（一）加大投入\n从经费、师资、校舍三个方面加大支持力度。"
    assert one_claim(text, "三个方面").section == "二、主要做法 › (一)加大投入"
