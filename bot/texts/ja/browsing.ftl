## プレイリストを見る

command-playlist-open = 開く
    .description = プレイリストの中を見ます
    .genre = ジャンル
    .genre-description = このジャンルの曲だけ
    .tag = 特徴
    .tag-description = この特徴もある曲だけ
    .adder = 追加者
    .adder-description = このメンバーが追加した曲だけ
    .confidence = 確信度
    .confidence-description = 私の確信の度合い
    .disputed = 異論
    .disputed-description = メンバーが私と違う意見の曲だけ
    .text = 曲名
    .text-description = 曲名に含まれる言葉
    .sort = 並び順
    .sort-description = 何を先に表示するか
command-playlist-remove = 取り除く
    .description = プレイリストから曲を取り除きます
command-playlist-edit = 編集
    .description = 曲名を変えます
    .title = 曲名
    .title-description = 新しい曲名
command-playlist-undo = 元に戻す
    .description = 最後に取り除いた曲を元に戻します

sort-newest = 新しい順
sort-oldest = 古い順
sort-title = 曲名順
sort-genre = ジャンル順
sort-energy = エネルギーの高い順
sort-calm = エネルギーの低い順
sort-fast = テンポの速い順
sort-slow = テンポの遅い順
confidence-clear = 明らか
confidence-close-call = 僅差
confidence-unsure = 判別できず

page-number = { $all }ページ中{ $number }ページ目
page-tracks = { $count }曲
page-tracks-of = { $all }曲中{ $count }曲
page-only = 🔎 { $filters }
page-empty = まだ何も入っていません。`/プレイリスト 追加` か、私の答えの下のボタンで曲を追加してください。
page-nothing-fits = そのような曲はありません。**{ $filter }**で条件を緩めるか、**{ $everything }**ですべてを表示してください。
page-choose-track = このページの曲
filter-genre = ジャンル：{ $genre }
filter-tag = 特徴：{ $tag }
filter-adder = 追加者：{ $who }
filter-confidence = 私の答え：{ $confidence }
filter-disputed = メンバーが私と違う意見
filter-text = 曲名：{ $text }
filter-form-title = どの曲を表示しますか？
filter-form-text = 曲名に含まれる言葉
filter-form-genre = ジャンル
filter-form-tag = 特徴
filter-form-confidence = 私の答え
filter-form-disputed = メンバーが私と違う意見の曲だけ
filter-form-any = 指定なし

button-first = 最初
button-previous = 前へ
button-next = 次へ
button-last = 最後
button-filter = 絞り込み…
button-all-tracks = すべての曲
button-unvote = 投票を取り消す
button-remove = 取り除く
button-edit-title = 曲名を変更
button-undo = 元に戻す

## プレイリストの曲

track-heard = { $genre } { $share }
track-heard-beside = 私の答えは{ $genre }（{ $share }）
track-told = ファイルによると{ $genre }（{ $share }）
track-not-music = 音楽ではない
track-not-music-beside = 私の答えは「音楽ではない」
track-unheard = まだ聴いていません
track-settled = 投票で**{ $genre }**
track-bpm = { $number } BPM
track-energy-share = エネルギー{ $share }
track-verdict-clear = 明らかです。
track-verdict-close-call = 僅差です。
track-verdict-unsure = まったく自信がありません。
track-verdict-not-music = これは音楽ではないようです。
track-card-unheard = この曲はまだ聴いていません。`/プレイリスト 聴き直し` で聴きます。
track-card-told = この曲はまだ聴いていません。ファイルには次のように書かれています：
track-nobody-voted = まだ誰も投票していません。{ $count ->
    [1] 1人が投票すれば、ジャンルが決まります。
   *[other] { $count }人の意見が一致すれば、ジャンルが決まります。
}
track-votes-missing = { $genre }にあと{ $count }票入れば決まります。
track-agreed = 決まりました：{ $genre }。私の答えと同じです。
track-overruled = 決まりました：プレイリストには{ $genre }と表示します。
track-told-votes = ファイルによる投票
track-tempo = テンポ
track-energy = エネルギー
track-length = 長さ
track-added = 追加
track-added-by = { $date }、{ $who }

track-removed = **{ $track }**を**{ $playlist }**から取り除きました。
track-brought-back = **{ $track }**を**{ $playlist }**に戻しました。
track-edited = **{ $playlist }**の**{ $track }**の曲名を**{ $new }**に変えました。
track-form-title = 曲名を変更
track-form-label = 曲名
