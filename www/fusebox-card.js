// Fusebox card 1.0.0 5e4c743fb715f53f: made from card/ by `make card`. Apache-2.0; with Lit, BSD-3-Clause, Google LLC.
var he=globalThis,ge=he.ShadowRoot&&(he.ShadyCSS===void 0||he.ShadyCSS.nativeShadow)&&"adoptedStyleSheets"in Document.prototype&&"replace"in CSSStyleSheet.prototype,je=Symbol(),wt=new WeakMap,te=class{constructor(e,t,s){if(this._$cssResult$=!0,s!==je)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=e,this.t=t}get styleSheet(){let e=this.o,t=this.t;if(ge&&e===void 0){let s=t!==void 0&&t.length===1;s&&(e=wt.get(t)),e===void 0&&((this.o=e=new CSSStyleSheet).replaceSync(this.cssText),s&&wt.set(t,e))}return e}toString(){return this.cssText}},$t=n=>new te(typeof n=="string"?n:n+"",void 0,je),f=(n,...e)=>{let t=n.length===1?n[0]:e.reduce((s,r,o)=>s+(a=>{if(a._$cssResult$===!0)return a.cssText;if(typeof a=="number")return a;throw Error("Value passed to 'css' function must be a 'css' function result: "+a+". Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.")})(r)+n[o+1],n[0]);return new te(t,n,je)},kt=(n,e)=>{if(ge)n.adoptedStyleSheets=e.map(t=>t instanceof CSSStyleSheet?t:t.styleSheet);else for(let t of e){let s=document.createElement("style"),r=he.litNonce;r!==void 0&&s.setAttribute("nonce",r),s.textContent=t.cssText,n.appendChild(s)}},De=ge?n=>n:n=>n instanceof CSSStyleSheet?(e=>{let t="";for(let s of e.cssRules)t+=s.cssText;return $t(t)})(n):n;var{is:Jn,defineProperty:Qn,getOwnPropertyDescriptor:es,getOwnPropertyNames:ts,getOwnPropertySymbols:ns,getPrototypeOf:ss}=Object,ye=globalThis,At=ye.trustedTypes,rs=At?At.emptyScript:"",os=ye.reactiveElementPolyfillSupport,ne=(n,e)=>n,Ke={toAttribute(n,e){switch(e){case Boolean:n=n?rs:null;break;case Object:case Array:n=n==null?n:JSON.stringify(n)}return n},fromAttribute(n,e){let t=n;switch(e){case Boolean:t=n!==null;break;case Number:t=n===null?null:Number(n);break;case Object:case Array:try{t=JSON.parse(n)}catch{t=null}}return t}},Ot=(n,e)=>!Jn(n,e),St={attribute:!0,type:String,converter:Ke,reflect:!1,useDefault:!1,hasChanged:Ot};Symbol.metadata??=Symbol("metadata"),ye.litPropertyMetadata??=new WeakMap;var T=class extends HTMLElement{static addInitializer(e){this._$Ei(),(this.l??=[]).push(e)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(e,t=St){if(t.state&&(t.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(e)&&((t=Object.create(t)).wrapped=!0),this.elementProperties.set(e,t),!t.noAccessor){let s=Symbol(),r=this.getPropertyDescriptor(e,s,t);r!==void 0&&Qn(this.prototype,e,r)}}static getPropertyDescriptor(e,t,s){let{get:r,set:o}=es(this.prototype,e)??{get(){return this[t]},set(a){this[t]=a}};return{get:r,set(a){let i=r?.call(this);o?.call(this,a),this.requestUpdate(e,i,s)},configurable:!0,enumerable:!0}}static getPropertyOptions(e){return this.elementProperties.get(e)??St}static _$Ei(){if(this.hasOwnProperty(ne("elementProperties")))return;let e=ss(this);e.finalize(),e.l!==void 0&&(this.l=[...e.l]),this.elementProperties=new Map(e.elementProperties)}static finalize(){if(this.hasOwnProperty(ne("finalized")))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(ne("properties"))){let t=this.properties,s=[...ts(t),...ns(t)];for(let r of s)this.createProperty(r,t[r])}let e=this[Symbol.metadata];if(e!==null){let t=litPropertyMetadata.get(e);if(t!==void 0)for(let[s,r]of t)this.elementProperties.set(s,r)}this._$Eh=new Map;for(let[t,s]of this.elementProperties){let r=this._$Eu(t,s);r!==void 0&&this._$Eh.set(r,t)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(e){let t=[];if(Array.isArray(e)){let s=new Set(e.flat(1/0).reverse());for(let r of s)t.unshift(De(r))}else e!==void 0&&t.push(De(e));return t}static _$Eu(e,t){let s=t.attribute;return s===!1?void 0:typeof s=="string"?s:typeof e=="string"?e.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(e=>this.enableUpdating=e),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(e=>e(this))}addController(e){(this._$EO??=new Set).add(e),this.renderRoot!==void 0&&this.isConnected&&e.hostConnected?.()}removeController(e){this._$EO?.delete(e)}_$E_(){let e=new Map,t=this.constructor.elementProperties;for(let s of t.keys())this.hasOwnProperty(s)&&(e.set(s,this[s]),delete this[s]);e.size>0&&(this._$Ep=e)}createRenderRoot(){let e=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return kt(e,this.constructor.elementStyles),e}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(e=>e.hostConnected?.())}enableUpdating(e){}disconnectedCallback(){this._$EO?.forEach(e=>e.hostDisconnected?.())}attributeChangedCallback(e,t,s){this._$AK(e,s)}_$ET(e,t){let s=this.constructor.elementProperties.get(e),r=this.constructor._$Eu(e,s);if(r!==void 0&&s.reflect===!0){let o=(s.converter?.toAttribute!==void 0?s.converter:Ke).toAttribute(t,s.type);this._$Em=e,o==null?this.removeAttribute(r):this.setAttribute(r,o),this._$Em=null}}_$AK(e,t){let s=this.constructor,r=s._$Eh.get(e);if(r!==void 0&&this._$Em!==r){let o=s.getPropertyOptions(r),a=typeof o.converter=="function"?{fromAttribute:o.converter}:o.converter?.fromAttribute!==void 0?o.converter:Ke;this._$Em=r;let i=a.fromAttribute(t,o.type);this[r]=i??this._$Ej?.get(r)??i,this._$Em=null}}requestUpdate(e,t,s,r=!1,o){if(e!==void 0){let a=this.constructor;if(r===!1&&(o=this[e]),s??=a.getPropertyOptions(e),!((s.hasChanged??Ot)(o,t)||s.useDefault&&s.reflect&&o===this._$Ej?.get(e)&&!this.hasAttribute(a._$Eu(e,s))))return;this.C(e,t,s)}this.isUpdatePending===!1&&(this._$ES=this._$EP())}C(e,t,{useDefault:s,reflect:r,wrapped:o},a){s&&!(this._$Ej??=new Map).has(e)&&(this._$Ej.set(e,a??t??this[e]),o!==!0||a!==void 0)||(this._$AL.has(e)||(this.hasUpdated||s||(t=void 0),this._$AL.set(e,t)),r===!0&&this._$Em!==e&&(this._$Eq??=new Set).add(e))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(t){Promise.reject(t)}let e=this.scheduleUpdate();return e!=null&&await e,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(let[r,o]of this._$Ep)this[r]=o;this._$Ep=void 0}let s=this.constructor.elementProperties;if(s.size>0)for(let[r,o]of s){let{wrapped:a}=o,i=this[r];a!==!0||this._$AL.has(r)||i===void 0||this.C(r,void 0,o,i)}}let e=!1,t=this._$AL;try{e=this.shouldUpdate(t),e?(this.willUpdate(t),this._$EO?.forEach(s=>s.hostUpdate?.()),this.update(t)):this._$EM()}catch(s){throw e=!1,this._$EM(),s}e&&this._$AE(t)}willUpdate(e){}_$AE(e){this._$EO?.forEach(t=>t.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(e)),this.updated(e)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(e){return!0}update(e){this._$Eq&&=this._$Eq.forEach(t=>this._$ET(t,this[t])),this._$EM()}updated(e){}firstUpdated(e){}};T.elementStyles=[],T.shadowRootOptions={mode:"open"},T[ne("elementProperties")]=new Map,T[ne("finalized")]=new Map,os?.({ReactiveElement:T}),(ye.reactiveElementVersions??=[]).push("2.1.2");var Ve=globalThis,Et=n=>n,be=Ve.trustedTypes,Mt=be?be.createPolicy("lit-html",{createHTML:n=>n}):void 0,Ye="$lit$",C=`lit$${Math.random().toFixed(9).slice(2)}$`,qe="?"+C,as=`<${qe}>`,D=document,re=()=>D.createComment(""),oe=n=>n===null||typeof n!="object"&&typeof n!="function",Xe=Array.isArray,Lt=n=>Xe(n)||typeof n?.[Symbol.iterator]=="function",Ge=`[ 	
\f\r]`,se=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,Rt=/-->/g,Tt=/>/g,B=RegExp(`>|${Ge}(?:([^\\s"'>=/]+)(${Ge}*=${Ge}*(?:[^ 	
\f\r"'\`<>=]|("|')|))|$)`,"g"),Ct=/'/g,Ht=/"/g,Nt=/^(?:script|style|textarea|title)$/i,Ze=n=>(e,...t)=>({_$litType$:n,strings:e,values:t}),d=Ze(1),P=Ze(2),Rr=Ze(3),A=Symbol.for("lit-noChange"),p=Symbol.for("lit-nothing"),Pt=new WeakMap,j=D.createTreeWalker(D,129);function It(n,e){if(!Xe(n)||!n.hasOwnProperty("raw"))throw Error("invalid template strings array");return Mt!==void 0?Mt.createHTML(e):e}var Wt=(n,e)=>{let t=n.length-1,s=[],r,o=e===2?"<svg>":e===3?"<math>":"",a=se;for(let i=0;i<t;i++){let l=n[i],c,m,u=-1,h=0;for(;h<l.length&&(a.lastIndex=h,m=a.exec(l),m!==null);)h=a.lastIndex,a===se?m[1]==="!--"?a=Rt:m[1]!==void 0?a=Tt:m[2]!==void 0?(Nt.test(m[2])&&(r=RegExp("</"+m[2],"g")),a=B):m[3]!==void 0&&(a=B):a===B?m[0]===">"?(a=r??se,u=-1):m[1]===void 0?u=-2:(u=a.lastIndex-m[2].length,c=m[1],a=m[3]===void 0?B:m[3]==='"'?Ht:Ct):a===Ht||a===Ct?a=B:a===Rt||a===Tt?a=se:(a=B,r=void 0);let $=a===B&&n[i+1].startsWith("/>")?" ":"";o+=a===se?l+as:u>=0?(s.push(c),l.slice(0,u)+Ye+l.slice(u)+C+$):l+C+(u===-2?i:$)}return[It(n,o+(n[t]||"<?>")+(e===2?"</svg>":e===3?"</math>":"")),s]},ae=class n{constructor({strings:e,_$litType$:t},s){let r;this.parts=[];let o=0,a=0,i=e.length-1,l=this.parts,[c,m]=Wt(e,t);if(this.el=n.createElement(c,s),j.currentNode=this.el.content,t===2||t===3){let u=this.el.content.firstChild;u.replaceWith(...u.childNodes)}for(;(r=j.nextNode())!==null&&l.length<i;){if(r.nodeType===1){if(r.hasAttributes())for(let u of r.getAttributeNames())if(u.endsWith(Ye)){let h=m[a++],$=r.getAttribute(u).split(C),X=/([.?@])?(.*)/.exec(h);l.push({type:1,index:o,name:X[2],strings:$,ctor:X[1]==="."?ve:X[1]==="?"?xe:X[1]==="@"?we:G}),r.removeAttribute(u)}else u.startsWith(C)&&(l.push({type:6,index:o}),r.removeAttribute(u));if(Nt.test(r.tagName)){let u=r.textContent.split(C),h=u.length-1;if(h>0){r.textContent=be?be.emptyScript:"";for(let $=0;$<h;$++)r.append(u[$],re()),j.nextNode(),l.push({type:2,index:++o});r.append(u[h],re())}}}else if(r.nodeType===8)if(r.data===qe)l.push({type:2,index:o});else{let u=-1;for(;(u=r.data.indexOf(C,u+1))!==-1;)l.push({type:7,index:o}),u+=C.length-1}o++}}static createElement(e,t){let s=D.createElement("template");return s.innerHTML=e,s}};function K(n,e,t=n,s){if(e===A)return e;let r=s!==void 0?t._$Co?.[s]:t._$Cl,o=oe(e)?void 0:e._$litDirective$;return r?.constructor!==o&&(r?._$AO?.(!1),o===void 0?r=void 0:(r=new o(n),r._$AT(n,t,s)),s!==void 0?(t._$Co??=[])[s]=r:t._$Cl=r),r!==void 0&&(e=K(n,r._$AS(n,e.values),r,s)),e}var _e=class{constructor(e,t){this._$AV=[],this._$AN=void 0,this._$AD=e,this._$AM=t}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(e){let{el:{content:t},parts:s}=this._$AD,r=(e?.creationScope??D).importNode(t,!0);j.currentNode=r;let o=j.nextNode(),a=0,i=0,l=s[0];for(;l!==void 0;){if(a===l.index){let c;l.type===2?c=new Z(o,o.nextSibling,this,e):l.type===1?c=new l.ctor(o,l.name,l.strings,this,e):l.type===6&&(c=new $e(o,this,e)),this._$AV.push(c),l=s[++i]}a!==l?.index&&(o=j.nextNode(),a++)}return j.currentNode=D,r}p(e){let t=0;for(let s of this._$AV)s!==void 0&&(s.strings!==void 0?(s._$AI(e,s,t),t+=s.strings.length-2):s._$AI(e[t])),t++}},Z=class n{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(e,t,s,r){this.type=2,this._$AH=p,this._$AN=void 0,this._$AA=e,this._$AB=t,this._$AM=s,this.options=r,this._$Cv=r?.isConnected??!0}get parentNode(){let e=this._$AA.parentNode,t=this._$AM;return t!==void 0&&e?.nodeType===11&&(e=t.parentNode),e}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(e,t=this){e=K(this,e,t),oe(e)?e===p||e==null||e===""?(this._$AH!==p&&this._$AR(),this._$AH=p):e!==this._$AH&&e!==A&&this._(e):e._$litType$!==void 0?this.$(e):e.nodeType!==void 0?this.T(e):Lt(e)?this.k(e):this._(e)}O(e){return this._$AA.parentNode.insertBefore(e,this._$AB)}T(e){this._$AH!==e&&(this._$AR(),this._$AH=this.O(e))}_(e){this._$AH!==p&&oe(this._$AH)?this._$AA.nextSibling.data=e:this.T(D.createTextNode(e)),this._$AH=e}$(e){let{values:t,_$litType$:s}=e,r=typeof s=="number"?this._$AC(e):(s.el===void 0&&(s.el=ae.createElement(It(s.h,s.h[0]),this.options)),s);if(this._$AH?._$AD===r)this._$AH.p(t);else{let o=new _e(r,this),a=o.u(this.options);o.p(t),this.T(a),this._$AH=o}}_$AC(e){let t=Pt.get(e.strings);return t===void 0&&Pt.set(e.strings,t=new ae(e)),t}k(e){Xe(this._$AH)||(this._$AH=[],this._$AR());let t=this._$AH,s,r=0;for(let o of e)r===t.length?t.push(s=new n(this.O(re()),this.O(re()),this,this.options)):s=t[r],s._$AI(o),r++;r<t.length&&(this._$AR(s&&s._$AB.nextSibling,r),t.length=r)}_$AR(e=this._$AA.nextSibling,t){for(this._$AP?.(!1,!0,t);e!==this._$AB;){let s=Et(e).nextSibling;Et(e).remove(),e=s}}setConnected(e){this._$AM===void 0&&(this._$Cv=e,this._$AP?.(e))}},G=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(e,t,s,r,o){this.type=1,this._$AH=p,this._$AN=void 0,this.element=e,this.name=t,this._$AM=r,this.options=o,s.length>2||s[0]!==""||s[1]!==""?(this._$AH=Array(s.length-1).fill(new String),this.strings=s):this._$AH=p}_$AI(e,t=this,s,r){let o=this.strings,a=!1;if(o===void 0)e=K(this,e,t,0),a=!oe(e)||e!==this._$AH&&e!==A,a&&(this._$AH=e);else{let i=e,l,c;for(e=o[0],l=0;l<o.length-1;l++)c=K(this,i[s+l],t,l),c===A&&(c=this._$AH[l]),a||=!oe(c)||c!==this._$AH[l],c===p?e=p:e!==p&&(e+=(c??"")+o[l+1]),this._$AH[l]=c}a&&!r&&this.j(e)}j(e){e===p?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,e??"")}},ve=class extends G{constructor(){super(...arguments),this.type=3}j(e){this.element[this.name]=e===p?void 0:e}},xe=class extends G{constructor(){super(...arguments),this.type=4}j(e){this.element.toggleAttribute(this.name,!!e&&e!==p)}},we=class extends G{constructor(e,t,s,r,o){super(e,t,s,r,o),this.type=5}_$AI(e,t=this){if((e=K(this,e,t,0)??p)===A)return;let s=this._$AH,r=e===p&&s!==p||e.capture!==s.capture||e.once!==s.once||e.passive!==s.passive,o=e!==p&&(s===p||r);r&&this.element.removeEventListener(this.name,this,s),o&&this.element.addEventListener(this.name,this,e),this._$AH=e}handleEvent(e){typeof this._$AH=="function"?this._$AH.call(this.options?.host??this.element,e):this._$AH.handleEvent(e)}},$e=class{constructor(e,t,s){this.element=e,this.type=6,this._$AN=void 0,this._$AM=t,this.options=s}get _$AU(){return this._$AM._$AU}_$AI(e){K(this,e)}},Ut={M:Ye,P:C,A:qe,C:1,L:Wt,R:_e,D:Lt,V:K,I:Z,H:G,N:xe,U:we,B:ve,F:$e},is=Ve.litHtmlPolyfillSupport;is?.(ae,Z),(Ve.litHtmlVersions??=[]).push("3.3.3");var Ft=(n,e,t)=>{let s=t?.renderBefore??e,r=s._$litPart$;if(r===void 0){let o=t?.renderBefore??null;s._$litPart$=r=new Z(e.insertBefore(re(),o),o,void 0,t??{})}return r._$AI(n),r};var Je=globalThis,_=class extends T{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){let e=super.createRenderRoot();return this.renderOptions.renderBefore??=e.firstChild,e}update(e){let t=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(e),this._$Do=Ft(t,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return A}};_._$litElement$=!0,_.finalized=!0,Je.litElementHydrateSupport?.({LitElement:_});var ls=Je.litElementPolyfillSupport;ls?.({LitElement:_});(Je.litElementVersions??=[]).push("4.2.2");var zt=new Map,ds=2500,ps=2e4,Qe=15e3;function Bt(n,e,t,s,r=Qe){return ke(n,e,{wanted:t,stage:"sent",sentence:"",sinceMs:s,patienceMs:r})}function jt(n,e,t,s,r){let o=n.get(e);return o?.sinceMs!==t||o.stage!=="sent"?n:ke(n,e,{...o,stage:s===null?"taken":"refused",sentence:s??"",sinceMs:r})}function Dt(n,e,t){let s=n;for(let[r,o]of n){let a=t-o.sinceMs;if(o.stage==="taken"&&cs(e(r),o.wanted))s=ke(s,r,{...o,stage:"confirmed",sinceMs:t});else if(o.stage==="taken"&&a>o.patienceMs)s=ke(s,r,{...o,stage:"late",sinceMs:t});else if(us(o,a)){let i=new Map(s);i.delete(r),s=i}}return s}function L(n,e,t){let s=n.get(e);return s?.stage==="sent"||s?.stage==="taken"||s?.stage==="confirmed"?s.wanted:t}function N(n,e){let t=n.get(e)?.stage;return t==="sent"||t==="taken"}function us(n,e){return n.stage==="confirmed"?e>ds:(n.stage==="refused"||n.stage==="late")&&e>ps}function cs(n,e){return typeof n=="number"&&typeof e=="number"?Math.abs(n-e)<.05:n===e}function ke(n,e,t){return new Map(n).set(e,t)}var Kt=["mode","boost","max","phases","plan"],ms=3e5;function Gt(n){return n==="phases"?ms:Qe}function fs(n,e){return n==="mode"?{service:"fusebox_set_mode",data:{mode:e}}:n==="boost"?{service:"fusebox_boost",data:{state:e}}:n==="max"?{service:"fusebox_set_max_current",data:{current_a:e}}:n==="phases"?{service:"fusebox_switch_phases",data:{phases:e}}:typeof e=="object"?{service:"fusebox_set_plan",data:{...e}}:{service:"fusebox_clear_plan",data:{}}}function v(n,e){return`${n.entity} ${e}`}function Vt(n,e,t){return e==="plan"?hs(n,t):e==="mode"?n.mode:e==="boost"?n.boosted:e==="phases"?n.phasesUsed:n.currentA?.max??null}function hs(n,e){return n.plan!==null&&n.plan.state!=="none"||typeof e!="object"?e:null}async function Yt(n,e,t,s){let{service:r,data:o}=fs(t,s);try{return await n.callService("pyscript",r,{load:e.name,...o},void 0,!1),null}catch(a){return gs(a)}}function gs(n){let e=typeof n=="object"&&n!==null&&"message"in n?n.message:"";return String(e).replace(/^Validation error: /,"")}var Ae=class{constructor(e){this.host=e;this.asks=zt;this.wanted=e=>{let{load:t,control:s,value:r}=e.detail;this.ask(t,s,r)};e.addController(this)}hostConnected(){this.host.addEventListener("fusebox-wanted",this.wanted)}hostDisconnected(){this.host.removeEventListener("fusebox-wanted",this.wanted)}settle(){this.asks.size>0&&this.become(Dt(this.asks,e=>this.shown(e),Date.now()))}async ask(e,t,s){let{current:r}=this.host;if(r===void 0)return;let o=v(e,t),a=Date.now();this.become(Bt(this.asks,o,s,a,Gt(t)));let i=await Yt(r,e,t,s);this.become(jt(this.asks,o,a,i,Date.now())),this.settle()}shown(e){let[t,s]=e.split(" "),r=this.host.house?.loads.find(a=>a.entity===t),o=this.asks.get(e)?.wanted;return r===void 0||o===void 0?null:Vt(r,s,o)}become(e){e!==this.asks&&(this.asks=e,this.host.requestUpdate())}};function ys({connected:n,config:e}){return n===!1?"unreachable":(e?.state??"RUNNING")==="RUNNING"?"whole":"starting"}var bs=3e4;function qt(n,e,t){let s=ys(n);return s==="starting"?{link:s,startingMs:t}:s==="whole"&&t-e.startingMs<bs?{...e,link:"starting"}:{...e,link:s}}var et=["#3b7dd8","#9a5bd0","#17907f","#d0518a","#a9740f","#4f9230","#1f8fb0","#a8663c","#6a70d6","#84821d"];function Xt(n){return et[n%et.length]??et[0]}var I="var(--fb-house)",W="var(--energy-solar-color, #ff9800)",Se="var(--energy-grid-consumption-color, #488fc2)",J="var(--energy-grid-return-color, #8353d1)",Q="var(--energy-battery-in-color, #f06292)",ee="var(--energy-battery-out-color, #4db6ac)";function g(n){return typeof n=="number"&&Number.isFinite(n)?n:null}function ie(n){return n===void 0||n.trim()===""?null:g(Number(n))}function y(n){return typeof n=="string"?n:""}function S(n){return Array.isArray(n)?n.filter(e=>typeof e=="string"):[]}function le(n){return typeof n=="object"&&n!==null&&!Array.isArray(n)?n:{}}function Zt(n){return Array.isArray(n)?n.map(le):[]}function de(n){return Object.fromEntries(Object.entries(le(n)).map(([e,t])=>[e,g(t)]))}function U(n){let e=0;for(let t of n)e+=t;return e}var F="sensor.fusebox_site",_s=new Set(["unavailable","unknown"]);function Oe(n){let e=n[F],t=e?.attributes??{},s=de(t.grid_a);return{state:e===void 0||_s.has(e.state)?"missing":e.state,reason:y(t.reason),version:y(t.version),more:[...S(t.errors).slice(1),...S(t.warnings)],phases:Object.keys(s).sort(),gridA:s,fuseA:g(t.fuse_a),voltageV:g(t.voltage_v)??230,circuits:Object.entries(le(t.circuits)).map(([r,o])=>vs(r,le(o))),solarW:g(t.solar_w),batteryPct:g(t.battery_soc_pct),batteryW:g(t.battery_charge_w),loads:S(t.loads)}}function vs(n,e){return{name:n,parent:y(e.parent),fuseA:g(e.fuse_a)??0,flowA:de(e.flow_a)}}function Jt(n,e){return n.version!==""&&n.version!==e}function Ee(n){return n.solarW!==null||n.batteryW!==null||n.batteryPct!==null}function Qt({solarW:n,batteryW:e}){return Math.max(-(e??0),0)>(n??0)?"battery":"sun"}function Me(n){let e=0;for(let t of n.phases){let s=n.gridA[t]??null;if(s===null)return null;e+=s*n.voltageV}return n.phases.length===0?null:e}var xs=1;function Re(n,e){let t=Me(n);if(t===null)return null;let s=Math.max(n.solarW??0,0),r=n.batteryW??0,o=e.map(({entity:u,title:h,colour:$,drawW:X})=>V(u,$,X??0,h)),a=Math.max(0,t+s-r-U(o.map(u=>u.watts))),i=o.filter(u=>u.watts<0).map(u=>({...u,watts:-u.watts})),l=en([V("sun",W,s),V("battery",ee,-r),...i,V("grid",Se,t)]),c=en([V("house",I,a),...o,V("battery",Q,r),V("export",J,-t)]),m=Math.max(U(l.map(u=>u.watts)),U(c.map(u=>u.watts)));return{from:l,to:c,totalW:m,houseW:a}}function V(n,e,t,s=""){return{key:n,colour:e,watts:t,title:s}}function en(n){return n.filter(e=>e.watts>xs)}function tn(n,e,t,s){return{ready_by:n,[t]:e,...s.trim()===""?{}:{max_price:Number(s)}}}function Te({state:n}){return n!=="none"&&n!=="done"}var Ce="sensor.fusebox_prices";function nn(n){let e=y(n.plan_state);return e===""?null:{state:e,reason:y(n.plan_reason),cost:g(n.plan_cost),slots:an(n.plan)}}var z=36e5,ws=14*z;function sn(n,e,t,s){let r=Math.min(Math.max(n,...t.map(a=>a.endMs)),n+e*z),o=s.flatMap(a=>a.plan?.slots.map(i=>i.endMs)??[]);return Math.max(r,Math.min(Math.max(n,...o),n+ws))}function rn(n){return an(n[Ce]?.attributes.slots).filter(e=>e.price!==null)}function on(n){return y(n[Ce]?.attributes.unit_of_measurement)}function an(n){return Zt(n).map(e=>({startMs:Date.parse(y(e.start)),endMs:Date.parse(y(e.end)),price:g(e.price)})).filter(e=>e.endMs>e.startMs)}var $s="sensor.fusebox_",ks={plug:"mdi:power-socket-eu",tank:"mdi:water-boiler",sg_ready:"mdi:heat-pump",radiators:"mdi:radiator",quasar:"mdi:car-electric"};function He(n,e,t,s){let r=n.attributes,o=Ss(de(r.draw_a)),a=n.entity_id.slice($s.length),i=s[`${n.entity_id}_energy`],l=ie(s[`${n.entity_id}_power`]?.state),c=Object.keys(o).length===0?null:U(Object.values(o))*e.voltageV;return{entity:n.entity_id,name:a,title:As(y(r.friendly_name),a),icon:ks[y(r.type)]??"mdi:ev-station",colour:Xt(t),status:y(r.status)||"unavailable",mode:y(r.mode),modes:S(r.modes),boosted:typeof r.boosted=="boolean"?r.boosted:null,circuit:y(r.circuit)||"main",phases:S(r.phases),phasesUsed:S(r.phases_used).length||null,canSwitchPhases:g(r.phase_switches)!==null&&S(r.phases).length>1,drawA:o,drawW:c??l,share:ie(n.state),unit:y(r.unit_of_measurement),reason:y(r.reason),limitedBy:y(r.limited_by),currentA:Os(g(r.min_a),g(r.max_a),Es(y(r.circuit),e)),sessionKwh:g(i?.attributes.session_kwh),sessionSolarPct:g(i?.attributes.session_solar_pct),plan:nn(r)}}function ln({phases:n,phasesUsed:e}){return e??n.length}function As(n,e){let s=(n.startsWith("Fusebox ")?n.slice(8):n||e).replaceAll("_"," ");return s.charAt(0).toUpperCase()+s.slice(1)}function Ss(n){return Object.fromEntries(Object.entries(n).filter(e=>e[1]!==null))}function Os(n,e,t){return n===null||e===null?null:{min:n,max:e,top:Math.max(t??e,e)}}function Es(n,e){let t=e.fuseA,s=e.circuits.find(r=>r.name===n);for(let r=0;s!==void 0&&r<e.circuits.length;r++){t=Math.min(t??s.fuseA,s.fuseA);let o=s.parent;s=e.circuits.find(a=>a.name===o)}return t}function tt(n){return Object.values(n).filter(e=>e!==void 0&&Ms(e)).map(Rs)}function Ms(n){return n.entity_id.startsWith("pyscript.")&&Array.isArray(n.attributes.radiators)&&"live"in n.attributes}function Rs(n){let{live:e,requested:t,boost:s}=n.attributes;return{entity:n.entity_id,title:y(n.attributes.friendly_name).replace(/^Fusebox /,""),dots:S(n.attributes.radiators).map((r,o)=>({name:r,is:Pe(e,o)?"on":Pe(t,o)||Pe(s,o)?"waits":"warm",boosted:Pe(s,o)})),allowed:g(n.attributes.allowed),reason:y(n.attributes.reason)}}function Pe(n,e){return Array.isArray(n)&&n[e]===1}var nt="sensor.fusebox_peak";function dn({projectedKw:n,targetKw:e,monthKw:t}){let s=Math.max(n??0,0),r=Math.min(s,e??s);return{withinKw:r,beyondKw:s-r,endKw:Math.max(s,(e??0)*1.25,(t??0)*1.1,1)}}function pn(n){let e=n[nt];if(e===void 0||e.state==="unavailable")return null;let t=e.attributes;return{projectedKw:ie(e.state),targetKw:g(t.target_kw),monthKw:g(t.month_peak_kw),leftS:g(t.seconds_left)??0,windowMin:g(t.window_min)??15,allowedW:g(t.allowed_import_w),reason:y(t.reason)}}function mn(n,e){if(e!==null&&cn(un(n,e.site),e.made))return e;let t=Oe(n),s=new Map(e?.loads.map(i=>[i.entity,i])),r=new Map,o=[];t.loads.forEach((i,l)=>{let c=n[i];if(c===void 0)return;let m=[...fn(n,i),l,...Ts(t)],u=cn(m,e?.madeOf.get(i)??[])?s.get(i):void 0;o.push(u??He(c,t,l,n)),r.set(i,m)});let a=un(n,t);return{site:t,loads:o,tariff:pn(n),groups:Cs(n),priceUnit:on(n),made:a,madeOf:r}}function un(n,e){let t=e.loads.flatMap(s=>fn(n,s));return[...[F,nt,Ce,...hn(n)].map(s=>n[s]),...t]}function fn(n,e){return[n[e],n[`${e}_energy`],n[`${e}_power`]]}function Ts(n){return[n.voltageV,n.fuseA,...n.circuits.flatMap(e=>[e.name,e.fuseA])]}var st={count:-1,ids:[]};function hn(n){let e=Object.keys(n).length;return e!==st.count&&(st={count:e,ids:tt(n).map(t=>t.entity)}),st.ids}function Cs(n){return tt(Object.fromEntries(hn(n).map(e=>[e,n[e]])))}function cn(n,e){return n.length===e.length&&n.every((t,s)=>t===e[s])}var pe=.05;function gn(n,e){return n.fuseA===null?[]:[{name:"main",parent:"",fuseA:n.fuseA,flowA:n.gridA},...n.circuits].map(s=>({name:s.name,fuseA:s.fuseA,bars:Object.keys(s.flowA).sort().map(r=>Hs(s,r,Ls(s,n,e),Ee(n)))}))}function Hs(n,e,t,s){let r=n.flowA[e]??null,o=r!==null&&Math.abs(r)>n.fuseA,a=r===null?null:n.fuseA-r,i=r===null?[]:ot(r,rt(e,t),s),l=Math.max(-(r??0),0),c=Math.max(l,-(i[0]?.fromA??0)),m=o?Ps(r,n.fuseA):null;return{phase:e,flowA:r,fuseA:n.fuseA,freeA:a,over:o,beyondA:m,segments:i,ownA:c,exportA:l}}function Ps(n,e){return n>0?[e,n]:[n,-e]}function rt(n,e){return e.map(({entity:t,title:s,colour:r,drawA:o})=>({key:t,title:s,colour:r,amps:o[n]??0}))}function ot(n,e,t){let s=n-U(e.map(i=>i.amps)),r=[],o=t?Math.min(s,0):0,a=(i,l,c,m)=>{let u=t?o+m:Math.min(o+m,Math.max(n,0));u-o>pe&&r.push({key:i,title:l,colour:c,fromA:o,toA:u}),o=Math.max(u,o)};a("house","",I,Math.max(s,0));for(let{key:i,title:l,colour:c,amps:m}of e)a(i,l,c,Math.max(m,0));return r}function Ls(n,e,t){if(n.name==="main")return t;let s=new Set([n.name]);for(let r of e.circuits)s.has(r.parent)&&s.add(r.name);return t.filter(r=>s.has(r.circuit))}function yn(n,e){let t=n[0]?.fuseA??0,s=n.flatMap(l=>l.bars.flatMap(c=>c.segments)),r=Math.min(0,...s.map(l=>l.fromA),...Ns(n)),o=Math.max(t,...s.map(l=>l.toA)),a=-Math.ceil(-r/(t/4||1))*(t/4),i=Math.max(t*1.12,Math.min(o*1.04,t*2));return{leftA:Math.min(a,e?.leftA??0)||0,rightA:Math.max(i,e?.rightA??0)}}function Ns(n){return n.flatMap(e=>e.bars.map(t=>t.flowA??0))}var bn=f`
  :host {
    container-type: inline-size;
  }
  ha-card {
    display: block;
    padding: 16px;
    overflow: hidden;
  }
  .parts {
    display: grid;
    gap: 20px 28px;
    grid-template-columns: minmax(0, 1fr);
  }
  /* What is shown is old. */
  .unreachable > * > :not(fusebox-card-head) {
    opacity: 0.45;
  }
  section {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 16px;
    align-content: start;
    min-width: 0;
  }
  fusebox-card-load + fusebox-card-load,
  fusebox-card-load + fusebox-card-radiators {
    border-top: 1px solid var(--fb-line);
    padding-top: 14px;
  }
  .loads {
    gap: 14px;
    border-top: 1px solid var(--fb-line);
    padding-top: 16px;
  }
  .today {
    border-top: 1px solid var(--fb-line);
    padding-top: 16px;
  }
  footer {
    margin-top: 16px;
    color: var(--fb-warn);
    font-size: 12.5px;
  }
  @container (min-width: 700px) {
    .parts {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
      grid-template-rows: auto 1fr;
    }
    .loads {
      grid-row: span 2;
      border-top: none;
      padding-top: 0;
    }
  }
  @container (min-width: 1250px) {
    .parts {
      grid-template-columns: minmax(0, 5fr) minmax(0, 7fr);
    }
    .today {
      grid-column: 1 / -1;
    }
    .loads {
      grid-row: auto;
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
      gap: 14px 28px;
    }
    .loads > :nth-child(2) {
      border-top: none;
      padding-top: 0;
    }
  }
`;var _n={name:"Fusebox",description:"Faser, forbrugere og i dag, med ét blik",state_ok:"Alt er vel",state_limited:"Forbrugere holdes tilbage",state_over:"For meget på en ledning",state_blind:"Måleren er tavs",state_fault:"En forbruger har en fejl",state_config_error:"CONFIG har en fejl",state_dry_run:"Prøvekørsel: intet styres",state_missing:"Fusebox kører ikke",state_starting:"Home Assistant starter",state_unreachable:"Ingen forbindelse til Home Assistant",status_charging:"lader",status_waiting:"venter",status_paused:"på pause",status_full:"fuld",status_unplugged:"ikke tilsluttet",status_on:"tændt",status_off:"slukket",status_blind:"blind",status_fault:"fejl",status_switching:"skifter faser",status_unavailable:"ikke tilgængelig",mode_standard:"Standard",mode_continuous:"Altid",mode_solar_priority:"Sol først",mode_solar_only:"Kun sol",mode_excess:"Overskud",mode_off:"Fra",mode_normal:"Normal",mode_boost:"Boost",sun:"Sol",battery:"Batteri",grid:"Net",house:"Hus",export:"Eksport",free:"ledig",over:"for meget",of_fuse:"af {0}",may_have:"må få {0}",phase_count:"{0} faser",one_phase:"1 fase",mode:"Tilstand",boost:"Boost",at_most:"Højst",session:"denne ladning",confirmed:"Udført",pending:"Sendt …",late:"Enheden viser det ikke endnu",no_loads:"Ingen forbrugere endnu. Nævn dem i CONFIG, så vises de her.",versions:"Dette kort er version {0}, scripterne er {1}. Installér begge fra samme udgivelse, og genindlæs siden.",not_running:"sensor.fusebox_site findes ikke. Se i loggen for pyscript, eller kald pyscript.fusebox_setup.",today:"I dag",total:"I alt",no_history:"Intet er optaget endnu",target:"mål",fuse:"sikring",price:"pris",now:"nu",window:"Disse {0} minutter",window_left:"{0} min tilbage",month_peak:"Månedens top",radiators:"Radiatorer",rad_on:"tændt",rad_waits:"venter",rad_warm:"varm nok",event_limited:"holdt tilbage",event_shed:"stoppet",event_blind:"blind",event_recovered:"overstået",event_escalated:"se efter",phases:"Faser",ready_by:"Klar kl.",how_much:"Hvor meget",unit:"Enhed",set_plan:"Planlæg",clear_plan:"Ryd",plan_none:"ingen plan",plan_waiting:"planlagt",plan_running:"planen kører",plan_done:"planen er opfyldt",plan_late:"planen er forsinket",edit_title:"Titel",edit_hours:"Timer tilbage",edit_hide_today:"Uden billedet af i dag",edit_controls:"Betjening af forbrugere",controls_auto:"åben ved få forbrugere",controls_always:"altid åben",controls_tap:"åben ved tryk"};var vn={name:"Fusebox",description:"Phasen, Verbraucher und heute, auf einen Blick",state_ok:"Alles in Ordnung",state_limited:"Verbraucher werden begrenzt",state_over:"Zu viel auf einer Leitung",state_blind:"Der Zähler schweigt",state_fault:"Ein Verbraucher ist gestört",state_config_error:"CONFIG hat einen Fehler",state_dry_run:"Probelauf: nichts wird geschaltet",state_missing:"Fusebox läuft nicht",state_starting:"Home Assistant startet",state_unreachable:"Keine Verbindung zu Home Assistant",status_charging:"lädt",status_waiting:"wartet",status_paused:"pausiert",status_full:"voll",status_unplugged:"nicht verbunden",status_on:"an",status_off:"aus",status_blind:"blind",status_fault:"gestört",status_switching:"wechselt die Phasen",status_unavailable:"nicht verfügbar",mode_standard:"Standard",mode_continuous:"Immer",mode_solar_priority:"Sonne zuerst",mode_solar_only:"Nur Sonne",mode_excess:"Überschuss",mode_off:"Aus",mode_normal:"Normal",mode_boost:"Boost",sun:"Sonne",battery:"Batterie",grid:"Netz",house:"Haus",export:"Einspeisung",free:"frei",over:"zu viel",of_fuse:"von {0}",may_have:"darf {0}",phase_count:"{0} Phasen",one_phase:"1 Phase",mode:"Modus",boost:"Boost",at_most:"Höchstens",session:"diese Ladung",confirmed:"Erledigt",pending:"Gesendet …",late:"Das Gerät zeigt es noch nicht",no_loads:"Noch keine Verbraucher. In CONFIG genannt, erscheinen sie hier.",versions:"Diese Karte hat Version {0}, die Skripte {1}. Beide aus derselben Version installieren, dann die Seite neu laden.",not_running:"sensor.fusebox_site fehlt. Das Protokoll von pyscript hilft weiter, oder pyscript.fusebox_setup.",today:"Heute",total:"Gesamt",no_history:"Noch nichts aufgezeichnet",target:"Ziel",fuse:"Sicherung",price:"Preis",now:"jetzt",window:"Diese {0} Minuten",window_left:"noch {0} min",month_peak:"Spitze des Monats",radiators:"Heizkörper",rad_on:"an",rad_waits:"wartet",rad_warm:"warm genug",event_limited:"begrenzt",event_shed:"angehalten",event_blind:"blind",event_recovered:"vorbei",event_escalated:"nachsehen",phases:"Phasen",ready_by:"Fertig um",how_much:"Wie viel",unit:"Einheit",set_plan:"Planen",clear_plan:"Löschen",plan_none:"kein Plan",plan_waiting:"geplant",plan_running:"Plan läuft",plan_done:"Plan erfüllt",plan_late:"Plan verspätet",edit_title:"Titel",edit_hours:"Stunden der Vergangenheit",edit_hide_today:"Ohne das Bild von heute",edit_controls:"Bedienung der Verbraucher",controls_auto:"offen bei wenigen Verbrauchern",controls_always:"immer offen",controls_tap:"offen nach Antippen"};var Le={name:"Fusebox",description:"Phases, loads and today, at a glance",state_ok:"All is well",state_limited:"Loads are held back",state_over:"Too much on a wire",state_blind:"The meter is silent",state_fault:"A load has a fault",state_config_error:"CONFIG has a mistake",state_dry_run:"Dry run: nothing is commanded",state_missing:"Fusebox is not running",state_starting:"Home Assistant is starting",state_unreachable:"No connection to Home Assistant",status_charging:"charging",status_waiting:"waiting",status_paused:"paused",status_full:"full",status_unplugged:"unplugged",status_on:"on",status_off:"off",status_blind:"blind",status_fault:"fault",status_switching:"switching phases",status_unavailable:"not available",mode_standard:"Standard",mode_continuous:"Always",mode_solar_priority:"Sun first",mode_solar_only:"Sun only",mode_excess:"Excess",mode_off:"Off",mode_normal:"Normal",mode_boost:"Boost",sun:"Sun",battery:"Battery",grid:"Grid",house:"House",export:"Export",free:"free",over:"too much",of_fuse:"of {0}",may_have:"may have {0}",phase_count:"{0} phases",one_phase:"1 phase",mode:"Mode",boost:"Boost",at_most:"At most",session:"this session",confirmed:"Done",pending:"Sent …",late:"Not shown by the device yet",no_loads:"No loads yet. Name them in CONFIG, and they appear here.",versions:"This card is version {0}, the scripts are {1}. Install both from one release, then reload the page.",not_running:"sensor.fusebox_site is not there. Look at the log of pyscript, or call pyscript.fusebox_setup.",today:"Today",total:"Total",no_history:"Nothing is recorded yet",target:"target",fuse:"fuse",price:"price",now:"now",window:"These {0} minutes",window_left:"{0} min left",month_peak:"Month's peak",radiators:"Radiators",rad_on:"on",rad_waits:"waits",rad_warm:"warm enough",event_limited:"held back",event_shed:"stopped",event_blind:"blind",event_recovered:"recovered",event_escalated:"needs a look",phases:"Phases",ready_by:"Ready by",how_much:"How much",unit:"Unit",set_plan:"Plan",clear_plan:"Clear",plan_none:"no plan",plan_waiting:"planned",plan_running:"plan is running",plan_done:"plan is done",plan_late:"plan is late",edit_title:"Title",edit_hours:"Hours of the past",edit_hide_today:"Without the picture of today",edit_controls:"Controls of loads",controls_auto:"open where there are few loads",controls_always:"always open",controls_tap:"open when tapped"};var xn={name:"Fusebox",description:"Fases, cargas y el día, de un vistazo",state_ok:"Todo va bien",state_limited:"Hay cargas limitadas",state_over:"Demasiado en un circuito",state_blind:"El contador no responde",state_fault:"Una carga tiene un fallo",state_config_error:"CONFIG tiene un error",state_dry_run:"Prueba: no se manda nada",state_missing:"Fusebox no funciona",state_starting:"Home Assistant arranca",state_unreachable:"Sin conexión con Home Assistant",status_charging:"cargando",status_waiting:"esperando",status_paused:"en pausa",status_full:"llena",status_unplugged:"desenchufada",status_on:"encendida",status_off:"apagada",status_blind:"sin medida",status_fault:"fallo",status_switching:"cambia de fases",status_unavailable:"no disponible",mode_standard:"Estándar",mode_continuous:"Siempre",mode_solar_priority:"Sol primero",mode_solar_only:"Solo sol",mode_excess:"Excedente",mode_off:"Apagado",mode_normal:"Normal",mode_boost:"Boost",sun:"Sol",battery:"Batería",grid:"Red",house:"Casa",export:"Vertido",free:"libre",over:"de más",of_fuse:"de {0}",may_have:"puede tener {0}",phase_count:"{0} fases",one_phase:"1 fase",mode:"Modo",boost:"Boost",at_most:"Como máximo",session:"esta sesión",confirmed:"Hecho",pending:"Enviado …",late:"El aparato aún no lo muestra",no_loads:"Aún no hay cargas. Nombradas en CONFIG, aparecen aquí.",versions:"Esta tarjeta es la versión {0}, los scripts son {1}. Instala ambos de la misma versión y recarga la página.",not_running:"No existe sensor.fusebox_site. Mire el registro de pyscript o llame a pyscript.fusebox_setup.",today:"Hoy",total:"Total",no_history:"Aún no hay nada grabado",target:"objetivo",fuse:"fusible",price:"precio",now:"ahora",window:"Estos {0} minutos",window_left:"quedan {0} min",month_peak:"Pico del mes",radiators:"Radiadores",rad_on:"encendido",rad_waits:"espera",rad_warm:"caliente",event_limited:"limitado",event_shed:"parado",event_blind:"sin medida",event_recovered:"resuelto",event_escalated:"revisar",phases:"Fases",ready_by:"Listo a las",how_much:"Cuánto",unit:"Unidad",set_plan:"Planificar",clear_plan:"Borrar",plan_none:"sin plan",plan_waiting:"previsto",plan_running:"plan en marcha",plan_done:"plan cumplido",plan_late:"plan con retraso",edit_title:"Título",edit_hours:"Horas del pasado",edit_hide_today:"Sin la imagen del día",edit_controls:"Mandos de las cargas",controls_auto:"abiertos si hay pocas cargas",controls_always:"siempre abiertos",controls_tap:"abiertos al tocar"};var wn={name:"Fusebox",description:"Phases, charges et journée, d’un coup d’œil",state_ok:"Tout va bien",state_limited:"Des charges sont limitées",state_over:"Trop sur un circuit",state_blind:"Le compteur est muet",state_fault:"Une charge est en défaut",state_config_error:"CONFIG contient une erreur",state_dry_run:"À blanc : rien n’est commandé",state_missing:"Fusebox ne tourne pas",state_starting:"Home Assistant démarre",state_unreachable:"Pas de connexion à Home Assistant",status_charging:"charge",status_waiting:"attend",status_paused:"en pause",status_full:"pleine",status_unplugged:"débranchée",status_on:"en marche",status_off:"arrêtée",status_blind:"sans mesure",status_fault:"en défaut",status_switching:"change de phases",status_unavailable:"indisponible",mode_standard:"Standard",mode_continuous:"Toujours",mode_solar_priority:"Soleil d’abord",mode_solar_only:"Soleil seul",mode_excess:"Excédent",mode_off:"Arrêt",mode_normal:"Normal",mode_boost:"Boost",sun:"Soleil",battery:"Batterie",grid:"Réseau",house:"Maison",export:"Injection",free:"libre",over:"trop",of_fuse:"sur {0}",may_have:"a droit à {0}",phase_count:"{0} phases",one_phase:"1 phase",mode:"Mode",boost:"Boost",at_most:"Au plus",session:"cette session",confirmed:"C’est fait",pending:"Envoyé …",late:"L’appareil ne le montre pas encore",no_loads:"Pas encore de charges. Nommées dans CONFIG, elles apparaissent ici.",versions:"Cette carte est en version {0}, les scripts en {1}. Installez les deux depuis la même version, puis rechargez la page.",not_running:"sensor.fusebox_site n’existe pas. Voir le journal de pyscript, ou appeler pyscript.fusebox_setup.",today:"Aujourd’hui",total:"Total",no_history:"Rien n’est encore enregistré",target:"objectif",fuse:"fusible",price:"prix",now:"maintenant",window:"Ces {0} minutes",window_left:"encore {0} min",month_peak:"Pointe du mois",radiators:"Radiateurs",rad_on:"allumé",rad_waits:"attend",rad_warm:"assez chaud",event_limited:"limité",event_shed:"arrêté",event_blind:"sans mesure",event_recovered:"rétabli",event_escalated:"à voir",phases:"Phases",ready_by:"Prêt à",how_much:"Combien",unit:"Unité",set_plan:"Planifier",clear_plan:"Effacer",plan_none:"pas de plan",plan_waiting:"prévu",plan_running:"plan en cours",plan_done:"plan accompli",plan_late:"plan en retard",edit_title:"Titre",edit_hours:"Heures passées",edit_hide_today:"Sans l’image de la journée",edit_controls:"Commandes des charges",controls_auto:"ouvertes s’il y a peu de charges",controls_always:"toujours ouvertes",controls_tap:"ouvertes au toucher"};var Ne={name:"Fusebox",description:"Faser, laster og i dag, med ett blikk",state_ok:"Alt er vel",state_limited:"Laster holdes tilbake",state_over:"For mye på en ledning",state_blind:"Måleren er taus",state_fault:"En last har en feil",state_config_error:"CONFIG har en feil",state_dry_run:"Prøvekjøring: ingenting styres",state_missing:"Fusebox kjører ikke",state_starting:"Home Assistant starter",state_unreachable:"Ingen forbindelse med Home Assistant",status_charging:"lader",status_waiting:"venter",status_paused:"på pause",status_full:"full",status_unplugged:"ikke tilkoblet",status_on:"på",status_off:"av",status_blind:"blind",status_fault:"feil",status_switching:"bytter faser",status_unavailable:"ikke tilgjengelig",mode_standard:"Standard",mode_continuous:"Alltid",mode_solar_priority:"Sol først",mode_solar_only:"Bare sol",mode_excess:"Overskudd",mode_off:"Av",mode_normal:"Normal",mode_boost:"Boost",sun:"Sol",battery:"Batteri",grid:"Nett",house:"Hus",export:"Eksport",free:"ledig",over:"for mye",of_fuse:"av {0}",may_have:"kan få {0}",phase_count:"{0} faser",one_phase:"1 fase",mode:"Modus",boost:"Boost",at_most:"Høyst",session:"denne ladingen",confirmed:"Utført",pending:"Sendt …",late:"Enheten viser det ikke ennå",no_loads:"Ingen laster ennå. Nevn dem i CONFIG, så vises de her.",versions:"Dette kortet er versjon {0}, skriptene er {1}. Installer begge fra samme utgivelse, og last siden på nytt.",not_running:"sensor.fusebox_site finnes ikke. Se i loggen til pyscript, eller kall pyscript.fusebox_setup.",today:"I dag",total:"Totalt",no_history:"Ingenting er lagret ennå",target:"mål",fuse:"sikring",price:"pris",now:"nå",window:"Disse {0} minuttene",window_left:"{0} min igjen",month_peak:"Månedens topp",radiators:"Radiatorer",rad_on:"på",rad_waits:"venter",rad_warm:"varm nok",event_limited:"holdt tilbake",event_shed:"stoppet",event_blind:"blind",event_recovered:"over",event_escalated:"se etter",phases:"Faser",ready_by:"Klar kl.",how_much:"Hvor mye",unit:"Enhet",set_plan:"Planlegg",clear_plan:"Fjern",plan_none:"ingen plan",plan_waiting:"planlagt",plan_running:"planen kjører",plan_done:"planen er oppfylt",plan_late:"planen er forsinket",edit_title:"Tittel",edit_hours:"Timer tilbake",edit_hide_today:"Uten bildet av i dag",edit_controls:"Styring av laster",controls_auto:"åpen ved få laster",controls_always:"alltid åpen",controls_tap:"åpen ved trykk"};var $n={name:"Fusebox",description:"Fasen, verbruikers en vandaag, in één oogopslag",state_ok:"Alles is goed",state_limited:"Verbruikers worden beperkt",state_over:"Te veel op een leiding",state_blind:"De meter zwijgt",state_fault:"Een verbruiker heeft een storing",state_config_error:"CONFIG bevat een fout",state_dry_run:"Proefdraaien: niets wordt aangestuurd",state_missing:"Fusebox draait niet",state_starting:"Home Assistant start",state_unreachable:"Geen verbinding met Home Assistant",status_charging:"laadt",status_waiting:"wacht",status_paused:"gepauzeerd",status_full:"vol",status_unplugged:"niet verbonden",status_on:"aan",status_off:"uit",status_blind:"blind",status_fault:"storing",status_switching:"wisselt van fasen",status_unavailable:"niet beschikbaar",mode_standard:"Standaard",mode_continuous:"Altijd",mode_solar_priority:"Zon eerst",mode_solar_only:"Alleen zon",mode_excess:"Overschot",mode_off:"Uit",mode_normal:"Normaal",mode_boost:"Boost",sun:"Zon",battery:"Batterij",grid:"Net",house:"Huis",export:"Teruglevering",free:"vrij",over:"te veel",of_fuse:"van {0}",may_have:"mag {0}",phase_count:"{0} fasen",one_phase:"1 fase",mode:"Modus",boost:"Boost",at_most:"Hoogstens",session:"deze sessie",confirmed:"Gedaan",pending:"Verzonden …",late:"Het apparaat toont het nog niet",no_loads:"Nog geen verbruikers. Noem ze in CONFIG, dan verschijnen ze hier.",versions:"Deze kaart is versie {0}, de scripts zijn {1}. Installeer beide uit dezelfde uitgave en laad de pagina opnieuw.",not_running:"sensor.fusebox_site is er niet. Kijk in het logboek van pyscript, of roep pyscript.fusebox_setup aan.",today:"Vandaag",total:"Totaal",no_history:"Er is nog niets opgenomen",target:"doel",fuse:"zekering",price:"prijs",now:"nu",window:"Deze {0} minuten",window_left:"nog {0} min",month_peak:"Maandpiek",radiators:"Radiatoren",rad_on:"aan",rad_waits:"wacht",rad_warm:"warm genoeg",event_limited:"beperkt",event_shed:"gestopt",event_blind:"blind",event_recovered:"hersteld",event_escalated:"nakijken",phases:"Fasen",ready_by:"Klaar om",how_much:"Hoeveel",unit:"Eenheid",set_plan:"Plannen",clear_plan:"Wissen",plan_none:"geen plan",plan_waiting:"gepland",plan_running:"plan loopt",plan_done:"plan voltooid",plan_late:"plan te laat",edit_title:"Titel",edit_hours:"Uren terug",edit_hide_today:"Zonder het beeld van vandaag",edit_controls:"Bediening van verbruikers",controls_auto:"open bij weinig verbruikers",controls_always:"altijd open",controls_tap:"open na aantikken"};var kn={name:"Fusebox",description:"Faser, laster och i dag, med en blick",state_ok:"Allt är väl",state_limited:"Laster hålls tillbaka",state_over:"För mycket på en ledning",state_blind:"Mätaren är tyst",state_fault:"En last har ett fel",state_config_error:"CONFIG har ett fel",state_dry_run:"Provkörning: ingenting styrs",state_missing:"Fusebox körs inte",state_starting:"Home Assistant startar",state_unreachable:"Ingen anslutning till Home Assistant",status_charging:"laddar",status_waiting:"väntar",status_paused:"pausad",status_full:"full",status_unplugged:"ej ansluten",status_on:"på",status_off:"av",status_blind:"blind",status_fault:"fel",status_switching:"byter faser",status_unavailable:"inte tillgänglig",mode_standard:"Standard",mode_continuous:"Alltid",mode_solar_priority:"Sol först",mode_solar_only:"Bara sol",mode_excess:"Överskott",mode_off:"Av",mode_normal:"Normal",mode_boost:"Boost",sun:"Sol",battery:"Batteri",grid:"Nät",house:"Hus",export:"Export",free:"ledigt",over:"för mycket",of_fuse:"av {0}",may_have:"får ta {0}",phase_count:"{0} faser",one_phase:"1 fas",mode:"Läge",boost:"Boost",at_most:"Högst",session:"denna laddning",confirmed:"Klart",pending:"Skickat …",late:"Enheten visar det inte än",no_loads:"Inga laster än. Nämn dem i CONFIG, så syns de här.",versions:"Det här kortet är version {0}, skripten är {1}. Installera båda från samma utgåva och ladda om sidan.",not_running:"sensor.fusebox_site finns inte. Se pyscripts logg, eller anropa pyscript.fusebox_setup.",today:"I dag",total:"Totalt",no_history:"Ingenting är inspelat än",target:"mål",fuse:"säkring",price:"pris",now:"nu",window:"Dessa {0} minuter",window_left:"{0} min kvar",month_peak:"Månadens topp",radiators:"Element",rad_on:"på",rad_waits:"väntar",rad_warm:"varmt nog",event_limited:"hålls tillbaka",event_shed:"stoppad",event_blind:"blind",event_recovered:"över",event_escalated:"titta",phases:"Faser",ready_by:"Klar kl.",how_much:"Hur mycket",unit:"Enhet",set_plan:"Planera",clear_plan:"Rensa",plan_none:"ingen plan",plan_waiting:"planerad",plan_running:"planen körs",plan_done:"planen är klar",plan_late:"planen är försenad",edit_title:"Titel",edit_hours:"Timmar bakåt",edit_hide_today:"Utan bilden av i dag",edit_controls:"Lasternas reglage",controls_auto:"öppna vid få laster",controls_always:"alltid öppna",controls_tap:"öppna vid tryck"};var An={da:_n,de:vn,en:Le,es:xn,fr:wn,nb:Ne,nl:$n,no:Ne,nn:Ne,sv:kn},Sn=new Map;function ue(n){let e=Sn.get(n)??Is(n);return Sn.set(n,e),e}function Is(n){let e=An[n]??An[n.split("-")[0]??""]??Le;return(t,...s)=>e[t].replace(/\{(\d)\}/g,(r,o)=>String(s[Number(o)]??""))}function O(n,e,t){let s=`${e}_${t}`;return s in Le?n(s):t.replaceAll("_"," ")}function On(n){let e=ue(n),t=["auto","always","tap"].map(s=>({value:s,label:e(`controls_${s}`)}));return{schema:[{name:"title",selector:{text:{}}},{name:"controls",selector:{select:{mode:"dropdown",options:t}}},{name:"hours",selector:{number:{min:1,max:48,mode:"box"}}},{name:"hide_today",selector:{boolean:{}}}],computeLabel:s=>e(`edit_${s.name}`)}}function x(n,e){customElements.get(n)===void 0&&customElements.define(n,e)}var w=f`
  :host {
    display: block;
    --fb-house: #858b96;
    --fb-text: var(--primary-text-color, #212121);
    --fb-dim: var(--secondary-text-color, #727272);
    --fb-line: var(--divider-color, #e0e0e0);
    --fb-card: var(--ha-card-background, var(--card-background-color, #fff));
    --fb-track: color-mix(in srgb, var(--fb-text) 8%, transparent);
    --fb-accent: var(--primary-color, #03a9f4);
    --fb-bad: var(--error-color, #db4437);
    --fb-warn: var(--warning-color, #ffa600);
    --fb-good: var(--success-color, #43a047);
    color: var(--fb-text);
    font-size: 14px;
    line-height: 1.4;
    font-variant-numeric: tabular-nums;
  }
  h3 {
    margin: 0;
    font-size: 15px;
    font-weight: 500;
  }
  p {
    margin: 0;
  }
  .dim {
    color: var(--fb-dim);
  }
  .number {
    text-align: right;
    white-space: nowrap;
  }
  button {
    font: inherit;
    color: inherit;
    background: none;
    border: none;
    padding: 0;
    cursor: pointer;
    -webkit-tap-highlight-color: transparent;
  }
  :focus-visible {
    outline: 2px solid var(--fb-accent);
    outline-offset: 2px;
  }
  .choices {
    display: grid;
    grid-auto-flow: column;
    grid-auto-columns: minmax(min-content, 1fr);
    gap: 1px;
    border: 1px solid var(--fb-line);
    border-radius: 10px;
    overflow: hidden;
    background: var(--fb-line);
  }
  .choices.many {
    grid-auto-flow: row;
    grid-template-columns: repeat(3, minmax(min-content, 1fr));
  }
  .choices button {
    min-width: 0;
    min-height: 40px;
    padding: 2px 3px;
    font-size: 12.5px;
    line-height: 1.15;
    hyphens: auto;
    background: var(--fb-card);
    color: var(--fb-dim);
    outline-offset: -3px;
    transition: background-color 0.2s;
  }
  .choices button[aria-pressed="true"] {
    background: color-mix(in srgb, var(--fb-accent) 20%, var(--fb-card));
    color: var(--fb-text);
    font-weight: 600;
  }
  [data-pending] {
    animation: wait 1s ease-in-out infinite alternate;
  }
  @keyframes wait {
    to {
      background-color: color-mix(in srgb, var(--fb-accent) 6%, transparent);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      animation: none !important;
      transition: none !important;
    }
  }
`;var En=new Map;function b(n,e,t){if(n===null)return"–";let s=`${t} ${e}`,r=En.get(s);r===void 0&&(r=new Intl.NumberFormat(t,{minimumFractionDigits:e,maximumFractionDigits:e}),En.set(s,r));let o=Math.round(n*10**e)/10**e;return r.format(o===0?0:o).replace("-","−")}function k(n,e){return`${b(n===null?null:n/1e3,1,e)} kW`}function E(n,e){return`${b(n,1,e)} A`}var Mn=new Map;function ce(n,e,t){let s=`${e} ${t??""}`,r=Mn.get(s);return r===void 0&&(r=new Intl.DateTimeFormat(e,{hour:"2-digit",minute:"2-digit",hourCycle:"h23",...t===void 0?{}:{timeZone:t}}),Mn.set(s,r)),r.format(n)}var at=class extends _{static{this.properties={site:{attribute:!1},flow:{attribute:!1},say:{attribute:!1},language:{}}}static{this.styles=[w,f`
      .bar {
        display: flex;
        gap: 2px;
        height: 14px;
        margin-bottom: 3px;
        border-radius: 7px;
        overflow: hidden;
        background: var(--fb-track);
      }
      .bar span {
        min-width: 0;
        flex: var(--w) 1 0;
        background: var(--c);
        transition: flex-grow 0.6s;
      }
      dl {
        display: grid;
        grid-auto-flow: column;
        grid-auto-columns: minmax(min-content, 1fr);
        gap: 6px;
        margin: 8px 0 0;
      }
      dt {
        display: flex;
        align-items: center;
        gap: 5px;
        font-size: 12.5px;
        white-space: nowrap;
        --mdc-icon-size: 18px;
      }
      dd {
        margin: 0;
        font-size: 16px;
        font-weight: 500;
        white-space: nowrap;
      }
    `]}render(){let e=this.facts(),t=e.map(s=>`${s.label} ${s.level??""} ${s.value}`).join(", ");return d`
      <div role="img" aria-label=${t}>
        ${this.bar(this.flow?.from??[])} ${this.bar(this.flow?.to??[])}
      </div>
      <dl>
        ${e.map(s=>d`<div>
            <dt class="dim" title=${s.label}><ha-icon icon=${s.icon} style="color: ${s.colour}"></ha-icon>${s.level??s.label}</dt>
            <dd>${s.value}</dd>
          </div>`)}
      </dl>
    `}bar(e){let t=s=>s.title||this.say(s.key);return d`<div class="bar">
      ${e.map(s=>d`<span
          style="--c: ${s.colour}; --w: ${Math.round(s.watts)}"
          title="${t(s)} ${k(s.watts,this.language)}"
        ></span>`)}
    </div>`}facts(){let{site:e,flow:t,say:s,language:r}=this,o=[];if(e.solarW!==null&&o.push({icon:"mdi:white-balance-sunny",colour:W,label:s("sun"),value:k(Math.max(e.solarW,0),r)}),e.batteryPct!==null||e.batteryW!==null){let c=e.batteryPct===null?s("battery"):`${b(e.batteryPct,0,r)} %`,m=e.batteryW===null?null:Math.abs(e.batteryW),u=(e.batteryW??0)>0,h=u?"mdi:battery-charging-medium":"mdi:battery-medium";o.push({icon:h,colour:u?Q:ee,label:s("battery"),value:k(m,r),level:c})}o.push({icon:"mdi:home",colour:I,label:s("house"),value:k(t?.houseW??null,r)});let a=t===null?null:Ws(t),i=(a??0)<0,l=a===null?null:Math.abs(a);return o.push({icon:"mdi:transmission-tower",colour:i?J:Se,label:s(i?"export":"grid"),value:k(l,r)}),o}};function Ws(n){return(n.from.find(t=>t.key==="grid")?.watts??0)-(n.to.find(t=>t.key==="export")?.watts??0)}x("fusebox-card-flow",at);var Us={ok:["mdi:check-circle","good"],limited:["mdi:arrow-collapse-vertical","warn"],starting:["mdi:timer-sand","calm"],dry_run:["mdi:eye-outline","calm"],over:["mdi:flash-alert","bad"],blind:["mdi:eye-off","bad"],fault:["mdi:alert-circle","bad"]},Fs=d`<svg class="bad" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
  <g fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round">
    <path d="M4 4l16 16M8.5 15.5a5 5 0 0 1 6.5-.4M5 12a10 10 0 0 1 4-2.5M14 9.2A10 10 0 0 1 19 12" />
    <circle cx="12" cy="19" r="0.8" />
  </g>
</svg>`,it=class extends _{static{this.properties={site:{attribute:!1},say:{attribute:!1},heading:{},link:{},open:{state:!0}}}static{this.styles=[w,f`
      button {
        display: grid;
        grid-template-columns: 28px 1fr 20px;
        gap: 4px 10px;
        width: 100%;
        align-items: center;
        text-align: start;
      }
      .state {
        font-size: 18px;
        font-weight: 500;
        line-height: 1.25;
      }
      .title {
        font-size: 12.5px;
      }
      .reason {
        grid-column: 1 / -1;
        min-height: 1.4em;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .open .reason {
        white-space: normal;
      }
      .good {
        color: var(--fb-good);
      }
      .warn {
        color: var(--fb-warn);
      }
      .bad {
        color: var(--fb-bad);
      }
      .calm {
        color: var(--fb-accent);
      }
      ul {
        margin: 6px 0 0;
        padding-inline-start: 18px;
      }
    `]}render(){let{site:e,say:t,open:s}=this,r=e.state==="missing",o=this.link==="unreachable",a=o||r&&this.link==="starting"?this.link:e.state,[i,l]=Us[a]??["mdi:alert-circle","bad"],c=r?this.link==="whole"?t("not_running"):"":e.reason,m=o?Fs:d`<ha-icon class=${l} icon=${i}></ha-icon>`;return d`
      <button
        class=${s||r?"open":""}
        aria-expanded=${s||r?"true":"false"}
        @click=${()=>{this.open=!this.open}}
      >
        ${m}
        <span>
          ${this.heading?d`<span class="title dim">${this.heading}</span><br />`:p}
          <span class="state">${O(t,"state",a)}</span>
        </span>
        <ha-icon class="dim" icon=${s?"mdi:chevron-up":"mdi:chevron-down"}></ha-icon>
        <span class="reason dim">${o?"":c}</span>
      </button>
      ${e.more.length>0&&(s||e.state==="config_error")?d`<ul>
            ${e.more.map(u=>d`<li>${u}</li>`)}
          </ul>`:p}
    `}};x("fusebox-card-head",it);var zs={sent:"mdi:timer-sand",taken:"mdi:timer-sand",confirmed:"mdi:check",refused:"mdi:cancel",late:"mdi:timer-alert-outline"},Bs=.05,js=f`
  .said {
    min-height: 1.4em;
    font-size: 13px;
    --mdc-icon-size: 18px;
  }
  .said [role="status"] {
    display: flex;
    gap: 6px;
  }
`;function Ds(n,e,t,s){let r=Ks(n,e);return d`<div class="said">
    ${r===null?d`<span class="dim">${Vs(n,t,s)}</span>`:p}
    <span role="status">
      ${r===null?p:d`<ha-icon icon=${zs[r.stage]}></ha-icon><span>${Gs(r,t)}</span>`}
    </span>
  </div>`}function Ks(n,e){return Kt.flatMap(s=>e.get(v(n,s))??[]).sort((s,r)=>r.sinceMs-s.sinceMs)[0]??null}function Gs({stage:n,sentence:e},t){return n==="refused"?e||t("state_unreachable"):t(n==="confirmed"?"confirmed":n==="late"?"late":"pending")}function Vs(n,e,t){if(n.sessionKwh===null||n.sessionKwh<Bs)return"";let s=n.sessionSolarPct===null?"":` · ${b(n.sessionSolarPct,0,t)} % ${e("sun")}`;return`${b(n.sessionKwh,1,t)} kWh ${e("session")}${s}`}var Ie={styles:js,render:Ds};var Rn=f`
  .plan summary {
    display: grid;
    grid-template-columns: 18px minmax(0, 1fr) 20px;
    gap: 8px;
    align-items: center;
    min-height: 40px;
    padding: 0 10px 0 12px;
    border: 1px solid var(--fb-line);
    border-radius: 10px;
    color: var(--fb-dim);
    cursor: pointer;
    list-style: none;
    --mdc-icon-size: 18px;
  }
  .plan summary::-webkit-details-marker {
    display: none;
  }
  .plan summary span {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .plan.set summary b {
    font-weight: 500;
    color: var(--fb-text);
  }
  .plan[open] summary span {
    padding: 8px 0;
    white-space: normal;
  }
  .plan[open] .turn {
    transform: rotate(180deg);
  }
  .controls .line:has(.plan[open]) {
    grid-template-columns: minmax(0, 1fr);
  }
  form {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(120px, 1fr));
    gap: 8px 12px;
    padding: 8px 0 2px;
    align-items: end;
    font-size: 13px;
  }
  form label {
    display: grid;
    gap: 2px;
    min-width: 0;
  }
  .amount {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
  }
  .field {
    box-sizing: border-box;
    width: 100%;
    min-width: 0;
    height: 40px;
    padding: 0 10px;
    border: 1px solid var(--fb-dim);
    border-radius: 10px;
    font: inherit;
    font-size: 14px;
    color: var(--fb-text);
    background: var(--fb-card);
    color-scheme: inherit;
  }
  .amount .field:first-child {
    border-start-end-radius: 0;
    border-end-end-radius: 0;
    border-inline-end: none;
  }
  .amount .field:last-child {
    border-start-start-radius: 0;
    border-end-start-radius: 0;
  }
  .does {
    display: grid;
    grid-auto-flow: column;
    grid-auto-columns: 1fr;
    gap: 8px;
  }
  .does button {
    min-height: 40px;
    padding: 0 10px;
    border: 1px solid var(--fb-line);
    border-radius: 10px;
  }
  .does .main {
    border-color: transparent;
    background: color-mix(in srgb, var(--fb-accent) 20%, var(--fb-card));
    font-weight: 600;
  }
`;function H(n,e,t){let s={load:n.load,control:e,value:t};n.dispatchEvent(new CustomEvent("fusebox-wanted",{detail:s,bubbles:!0,composed:!0}))}var Ys={energy_kwh:"kWh",soc_target_pct:"%",hours:"h"},qs="07:00";function Xs(n,e){let{load:t,say:s,asks:r}=n,o=Te(e),a=N(r,v(t,"plan"));return d`<details class="plan ${o?"set":""}">
    <summary ?data-pending=${a}>
      <ha-icon icon=${o?"mdi:calendar-clock":"mdi:calendar-plus"}></ha-icon>
      <span title=${e.reason}><b>${O(s,"plan",e.state)}</b>${Zs(n,e)}</span>
      <ha-icon class="turn" icon="mdi:chevron-down"></ha-icon>
    </summary>
    <form @submit=${i=>Qs(n,i)}>
      <label><span class="dim">${s("ready_by")}</span><input class="field" name="ready_by" type="time" required value=${qs} /></label>
      <label>
        <span class="dim">${s("how_much")}</span>
        <span class="amount">
          <input class="field" name="amount" type="number" min="0.5" step="0.5" required inputmode="decimal" />
          <select class="field" name="unit" aria-label=${s("unit")}>
            ${Js(t).map(i=>d`<option value=${i}>${Ys[i]}</option>`)}
          </select>
        </span>
      </label>
      ${n.priceUnit===""?p:d`<label>
            <span class="dim">${s("at_most")} ${n.priceUnit}</span>
            <input class="field" name="max_price" type="number" step="0.001" inputmode="decimal" />
          </label>`}
      <div class="does">
        <button class="main" type="submit">${s("set_plan")}</button>
        ${o?d`<button type="button" @click=${()=>H(n,"plan","")}>${s("clear_plan")}</button>`:p}
      </div>
    </form>
  </details>`}function Zs(n,e){let[t=""]=n.priceUnit.split("/");return`${e.cost===null?"":` · ${b(e.cost,2,n.language)} ${t}`.trimEnd()}${e.reason===""?"":` · ${e.reason}`}`}function Js(n){return n.currentA===null?["hours","energy_kwh"]:["energy_kwh","soc_target_pct"]}function Qs(n,e){e.preventDefault();let t=new FormData(e.target),s=r=>String(t.get(r)??"");H(n,"plan",tn(s("ready_by"),Number(s("amount")),s("unit"),s("max_price")))}var We={styles:Rn,render:Xs};var Y={ATTRIBUTE:1,CHILD:2,PROPERTY:3,BOOLEAN_ATTRIBUTE:4,EVENT:5,ELEMENT:6},Tn=n=>(...e)=>({_$litDirective$:n,values:e}),Ue=class{constructor(e){}get _$AU(){return this._$AM._$AU}_$AT(e,t,s){this._$Ct=e,this._$AM=t,this._$Ci=s}_$AS(e,t){return this.update(e,t)}update(e,t){return this.render(...t)}};var{I:wa}=Ut;var Cn=n=>n.strings===void 0;var er={},Hn=(n,e=er)=>n._$AH=e;var lt=Tn(class extends Ue{constructor(n){if(super(n),n.type!==Y.PROPERTY&&n.type!==Y.ATTRIBUTE&&n.type!==Y.BOOLEAN_ATTRIBUTE)throw Error("The `live` directive is not allowed on child or event bindings");if(!Cn(n))throw Error("`live` bindings can only contain a single expression")}render(n){return n}update(n,[e]){if(e===A||e===p)return e;let t=n.element,s=n.name;if(n.type===Y.PROPERTY){if(e===t[s])return A}else if(n.type===Y.BOOLEAN_ATTRIBUTE){if(!!e===t.hasAttribute(s))return A}else if(n.type===Y.ATTRIBUTE&&t.getAttribute(s)===e+"")return A;return Hn(n),e}});var tr=f`
  .slider {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) 40px;
    gap: 8px;
    align-items: center;
    font-size: 13px;
  }
  input[type="range"] {
    appearance: none;
    width: 100%;
    height: 40px;
    margin: 0;
    background: linear-gradient(90deg, var(--fb-accent) var(--part), var(--fb-track) var(--part)) center / 100% 6px no-repeat;
    cursor: pointer;
  }
  input::-webkit-slider-thumb {
    appearance: none;
    width: 22px;
    height: 22px;
    border: 2px solid var(--fb-card);
    border-radius: 50%;
    background: var(--fb-accent);
  }
  input::-moz-range-thumb {
    width: 20px;
    height: 20px;
    border: 2px solid var(--fb-card);
    border-radius: 50%;
    background: var(--fb-accent);
  }
`;function nr(n,e){let{load:t,say:s,asks:r,language:o}=n,a=L(r,v(t,"max"),e.max),i=m=>`${b(m,m%1===0?0:1,o)} A`,l=m=>{let u=m.target,h=u.nextElementSibling;u.style.setProperty("--part",Pn(e,Number(u.value))),h!==null&&(h.textContent=i(Number(u.value)))},c=m=>H(n,"max",Number(m.target.value));return d`<label class="slider">
    <span class="dim">${s("at_most")}</span>
    <input
      type="range"
      min=${e.min}
      max=${e.top}
      step="1"
      .value=${lt(String(a))}
      style="--part: ${Pn(e,a)}"
      aria-valuetext=${i(a)}
      ?data-pending=${N(r,v(t,"max"))}
      @input=${l}
      @change=${c}
    />
    <output class="number" .textContent=${lt(i(a))}></output>
  </label>`}function Pn(n,e){return`${(100*(e-n.min)/(n.top-n.min||1)).toFixed(1)}%`}var Fe={styles:tr,render:nr};var sr=5,rr=f`
  .controls {
    display: grid;
    gap: 6px;
    padding: 6px 0 0 46px;
  }
  .line {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 12px;
    align-items: start;
  }
  .line.end {
    grid-template-columns: minmax(0, 1fr) auto;
  }
  .line .said {
    align-self: center;
  }
  .boost {
    display: flex;
    align-items: center;
    gap: 6px;
    min-height: 40px;
    padding: 0 12px;
    border: 1px solid var(--fb-line);
    border-radius: 10px;
    color: var(--fb-dim);
    --mdc-icon-size: 18px;
  }
  .boost[aria-pressed="true"] {
    background: color-mix(in srgb, var(--fb-accent) 20%, transparent);
    color: var(--fb-text);
    font-weight: 600;
  }
  @container (max-width: 420px) {
    .controls {
      padding-inline-start: 0;
    }
  }
`;function or(n){let{load:e}=n,t=e.boosted!==null,s=Ie.render(e,n.asks,n.say,n.language),r=e.plan===null?p:We.render(n,e.plan),o=e.currentA===null?p:Fe.render(n,e.currentA),a=o===p?r===p?s:r:o,i=a===o&&e.plan!==null&&!Te(e.plan);return d`<div class="controls">
    ${e.modes.length>1?ar(n,t):p}
    ${t?d`<div class="line"><span>${ir(n)}</span> ${a}</div>`:a}
    ${e.canSwitchPhases?lr(n):p} ${a===o&&!i?r:p}
    ${i?d`<div class="line end">${s} ${r}</div>`:a===s?p:s}
  </div>`}function ar(n,e){let{load:t,say:s,asks:r}=n,o=L(r,v(t,"mode"),t.mode),a=t.modes.filter(i=>!(e&&i==="boost"));return d`<div class="choices ${a.length>sr?"many":""}" role="group" aria-label=${s("mode")}>
    ${a.map(i=>d`<button
        aria-pressed=${i===o?"true":"false"}
        ?data-pending=${i===o&&N(r,v(t,"mode"))}
        @click=${()=>H(n,"mode",i)}
      >
        ${O(s,"mode",i)}
      </button>`)}
  </div>`}function ir(n){let{load:e,say:t,asks:s}=n,r=L(s,v(e,"boost"),e.boosted===!0);return d`<button
    class="boost"
    aria-pressed=${r?"true":"false"}
    ?data-pending=${N(s,v(e,"boost"))}
    @click=${()=>H(n,"boost",!r)}
  >
    <ha-icon icon=${r?"mdi:flash":"mdi:flash-outline"}></ha-icon>${t("boost")}
  </button>`}function lr(n){let{load:e,say:t,asks:s}=n,r=L(s,v(e,"phases"),e.phasesUsed??0),o=N(s,v(e,"phases"));return d`<div class="choices" role="group" aria-label=${t("phases")}>
    ${[1,e.phases.length].map(a=>d`<button
        aria-pressed=${a===r?"true":"false"}
        ?data-pending=${a===r&&o}
        @click=${()=>H(n,"phases",a)}
      >
        ${a===1?t("one_phase"):t("phase_count",a)}
      </button>`)}
  </div>`}var dt={styles:rr,render:or};var pt=class extends _{constructor(){super(...arguments);this.toggle=()=>{this.open=!this.open}}static{this.properties={load:{attribute:!1},asks:{attribute:!1},say:{attribute:!1},language:{},priceUnit:{},pinned:{type:Boolean},open:{state:!0}}}static{this.styles=[w,f`
      .head {
        display: grid;
        grid-template-columns: 36px minmax(0, 1fr) auto 20px;
        column-gap: 10px;
        width: 100%;
        align-items: center;
        text-align: start;
      }
      .icon {
        display: grid;
        place-items: center;
        width: 36px;
        height: 36px;
        border-radius: 50%;
        background: var(--c);
        color: #fff;
        --mdc-icon-size: 20px;
      }
      .resting .icon {
        background: none;
        color: var(--c);
        box-shadow: inset 0 0 0 2px var(--c);
      }
      .title {
        font-weight: 500;
        font-size: 15px;
      }
      .title,
      .state,
      .reason {
        display: block;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .state {
        font-size: 13px;
      }
      .number b {
        display: block;
        font-size: 16px;
        font-weight: 500;
      }
      .number small {
        font-size: 12px;
        color: var(--fb-dim);
      }
      .reason {
        padding-inline-start: 46px;
        font-size: 13px;
        min-height: 1.4em;
      }
      .open .reason {
        white-space: normal;
      }
      .bad {
        color: var(--fb-bad);
        --mdc-icon-size: 15px;
      }
    `,Ie.styles,Fe.styles,We.styles,dt.styles]}render(){let{load:t,say:s}=this,r=!["charging","on","switching"].includes(t.status),o=["fault","blind","unavailable"].includes(t.status),a=L(this.asks,v(t,"mode"),t.mode);return d`<section class="${r?"resting":""} ${this.open?"open":""}" style="--c: ${t.colour}">
      <button class="head" aria-expanded=${this.open?"true":"false"} @click=${this.toggle}>
        <span class="icon"><ha-icon icon=${t.icon}></ha-icon></span>
        <span style="min-width: 0">
          <span class="title">${t.title}</span>
          <span class="state dim">
            ${o?d`<ha-icon class="bad" icon="mdi:alert"></ha-icon>`:p}
            ${O(s,"status",t.status)}${a===""?"":` · ${O(s,"mode",a)}`}
          </span>
        </span>
        <span class="number">
          <b>${k(t.drawW,this.language)}</b>
          <small>${this.share()}</small>
        </span>
        <ha-icon class="dim" icon=${this.open?"mdi:chevron-up":"mdi:chevron-down"}></ha-icon>
      </button>
      <p class="reason dim">${t.reason}</p>
      ${this.open||this.pinned?dt.render(this):p}
    </section>`}share(){let{load:t,say:s,language:r}=this;if(t.unit==="W")return s("may_have",k(t.share,r));let o=ln(t),a=o>1&&t.share!==0?` × ${o}`:"";return s("may_have",`${b(t.share,1,r)} A${a}`)}};x("fusebox-card-load",pt);var ut=class extends _{static{this.properties={group:{attribute:!1},say:{attribute:!1}}}static{this.styles=[w,f`
      ul {
        display: flex;
        flex-wrap: wrap;
        gap: 6px 14px;
        margin: 8px 0 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: flex;
        align-items: center;
        gap: 6px;
        font-size: 13px;
      }
      i {
        position: relative;
        box-sizing: border-box;
        width: 14px;
        height: 14px;
        border-radius: 50%;
        border: 2px solid var(--fb-dim);
      }
      .on i {
        background: var(--state-climate-heat-color, #ff8100);
        border-color: var(--state-climate-heat-color, #ff8100);
      }
      .waits i {
        border-color: var(--state-climate-heat-color, #ff8100);
        background: linear-gradient(90deg, var(--state-climate-heat-color, #ff8100) 50%, transparent 50%);
      }
      .line {
        display: flex;
        justify-content: space-between;
      }
      ha-icon {
        --mdc-icon-size: 14px;
      }
      small {
        font-size: 12px;
      }
    `]}render(){let{group:e,say:t}=this,s=e.dots.filter(r=>r.is==="on").length;return d`
      <div class="line">
        <h3>${e.title?`${t("radiators")}: ${e.title}`:t("radiators")}</h3>
        <span class="dim">${s}${e.allowed===null?"":` ${t("of_fuse",e.allowed)}`}</span>
      </div>
      <ul>
        ${e.dots.map(r=>this.dot(r))}
      </ul>
    `}dot(e){let t=this.say(`rad_${e.is}`);return d`<li class=${e.is}>
      <i></i><span>${e.name} <small class="dim">${t}</small></span>
      ${e.boosted?d`<ha-icon icon="mdi:flash" title=${this.say("boost")}></ha-icon>`:p}
    </li>`}};x("fusebox-card-radiators",ut);var ct=class extends _{static{this.properties={tariff:{attribute:!1},say:{attribute:!1},language:{}}}static{this.styles=[w,f`
      .line {
        display: flex;
        justify-content: space-between;
        gap: 8px;
        align-items: baseline;
      }
      .bar {
        position: relative;
        height: 12px;
        margin: 6px 0;
        border-radius: 6px;
        background: var(--fb-track);
      }
      .bar span {
        position: absolute;
        inset-block: 0;
        left: 0;
        border-radius: 6px;
        background: var(--energy-grid-consumption-color, #488fc2);
        transition: width 0.6s;
      }
      .bar .beyond {
        background: var(--fb-bad);
      }
      .bar .cut {
        border-start-end-radius: 0;
        border-end-end-radius: 0;
      }
      .bar i {
        position: absolute;
        inset-block: -3px;
        width: 3px;
        margin-inline-start: -1.5px;
        border-radius: 2px;
        background: var(--fb-text);
      }
      .bar .month {
        width: 2px;
        background: var(--fb-dim);
      }
      b {
        font-weight: 500;
        font-size: 16px;
      }
      small {
        font-size: 12.5px;
      }
    `]}render(){let{tariff:e,say:t}=this,{projectedKw:s,targetKw:r,monthKw:o}=e,{withinKw:a,beyondKw:i,endKw:l}=dn(e),c=m=>`${(100*m/l).toFixed(1)}%`;return d`
      <div class="line">
        <h3>${t("window",e.windowMin)}</h3>
        <span><b>${this.kw(s)}</b> <small class="dim">${t("of_fuse",this.kw(r))}</small></span>
      </div>
      <div class="bar" role="img" aria-label="${this.kw(s)} ${t("of_fuse",this.kw(r))}">
        ${i>0?d`<span class="beyond" style="width: ${c(a+i)}"></span>`:p}
        <span class=${i>0?"cut":""} style="width: ${c(a)}"></span>
        ${o===null||o<=0?p:d`<i class="month" style="left: ${c(o)}"></i>`}
        ${r===null?p:d`<i style="left: ${c(r)}"></i>`}
      </div>
      <div class="line dim">
        <small>${t("window_left",Math.ceil(e.leftS/60))}</small>
        <small>${t("month_peak")} ${this.kw(o)}</small>
      </div>
    `}kw(e){return`${b(e,1,this.language)} kW`}};x("fusebox-card-tariff",ct);var M="total";function Ln(n,e){let t=dr(n),s=n.map(a=>e===M?pr(a):ur(a,e)),r=t.map(a=>({...a,spans:s.map(i=>i===null?null:i.spans.get(a.key)??null)})),o=[{key:"grid",colour:"var(--primary-text-color)",values:s.map(a=>a?.grid??null)}];return s.some(a=>a?.sun!=null)&&o.push({key:"sun",colour:W,values:s.map(a=>a?.sun??null)}),{times:n.map(a=>a.atMs),layers:r.filter(a=>a.spans.some(i=>i!==null&&i[1]-i[0]>0)),lines:o}}function dr(n){let e=new Map(n.flatMap(t=>t.loads).map(t=>[t.entity,t]));return[{key:"house",colour:I,title:""},...[...e.values()].map(({entity:t,colour:s,title:r})=>({key:t,colour:s,title:r})),{key:"battery",colour:Q,title:""}]}function pr(n){let e=Re(n.site,n.loads),t=Me(n.site);if(e===null||t===null)return null;let s=new Map,r=0;for(let o of e.to)s.set(o.key,[r,r+o.watts]),r+=o.watts;return{spans:Nn(s,n,r),grid:t,sun:n.site.solarW}}function ur(n,e){let t=n.site.gridA[e]??null;if(t===null)return null;let s=ot(t,rt(e,n.loads),Ee(n.site)),r=new Map(s.map(o=>[o.key,[o.fromA,o.toA]]));return{spans:Nn(r,n,s.at(-1)?.toA??0),grid:t,sun:null}}function Nn(n,e,t){let s=new Map,r=n.values().next().value?.[0]??Math.min(t,0);for(let o of["house",...e.loads.map(a=>a.entity),"battery"]){let a=n.get(o)??[r,r];s.set(o,a),r=a[1]}return s}function In(n,e){let t=[...n.layers.flatMap(u=>u.spans.flatMap(h=>h===null?[]:[...h])),...n.lines.flatMap(u=>u.values.filter(h=>h!==null))],s=Math.max(0,...t),r=e.filter(u=>u<=Math.max(s,1)*3),o=Math.max(s,...r.map(u=>u*1.05))||1,a=Math.min(0,...t),i=cr((o-a)/5),l=Math.floor(a/i+1e-9),c=Math.ceil(o/i-1e-9),m=Array.from({length:c-l+1},(u,h)=>(l+h)*i);return{low:l*i,high:c*i,ticks:m}}function Wn(n,{high:e}){return n.filter(t=>t<=e)}function cr(n){let e=10**Math.floor(Math.log10(n)),t=n/e;return e*(t<=1?1:t<=2?2:t<=5?5:10)}var q=1e3,ze=300;function R(n,e){return q*(e-n.fromMs)/(n.toMs-n.fromMs)}function me(n,e){let{low:t,high:s}=n.scale;return ze*(1-(e-t)/(s-t))}function Un(n,e,t){return P`
    ${e.scale.ticks.map(s=>P`<line class="tick" x1="0" x2=${q} y1=${me(e,s)} y2=${me(e,s)} />`)}
    ${n.layers.map(s=>P`<path class="layer" fill=${s.colour} d=${mr(n,s,e)} />`)}
    ${t.map(s=>P`<line class="limit" x1="0" x2=${q} y1=${me(e,s)} y2=${me(e,s)} />`)}
    ${n.lines.map(s=>P`<path class=${s.key} stroke=${s.colour} d=${fr(n,s.values,e)} />`)}
  `}function mr(n,e,t){return Fn(e.spans).map(s=>{let r=s.map(a=>mt(n,t,a,e.spans[a]?.[1]??0)),o=s.map(a=>mt(n,t,a,e.spans[a]?.[0]??0)).reverse();return`M${[...r,...o].join("L")}Z`}).join("")}function fr(n,e,t){return Fn(e).map(s=>`M${s.map(r=>mt(n,t,r,e[r]??0)).join("L")}`).join("")}function mt(n,e,t,s){return`${R(e,n.times[t]??0).toFixed(1)} ${me(e,s).toFixed(1)}`}function Fn(n){let e=[];return n.forEach((t,s)=>{t!==null&&(s>0&&n[s-1]!==null?e.at(-1)?.push(s):e.push([s]))}),e}function zn(n,e){let t=n.loads.filter(s=>(s.plan?.slots.length??0)>0);return d`
    ${t.map(s=>d`<div class="lane" role="img" aria-label=${`${s.title} ${s.plan?.reason??""}`}>
        <small>${s.title}</small>
        ${(s.plan?.slots??[]).map(r=>d`<span title=${s.title} style="--c: ${s.colour}; ${Bn(r,e)}"></span>`)}
      </div>`)}
    ${hr(n,e)}
  `}function hr({prices:n,priceUnit:e,say:t,language:s},r){let o=n.filter(m=>m.endMs>r.fromMs&&m.startMs<r.toMs);if(o.length===0)return p;let a=o.map(m=>m.price??0),i=Math.max(...a,.01),l=Math.min(...a,0),c=`${b(Math.min(...a),2,s)} – ${b(Math.max(...a),2,s)} ${e}`.trimEnd();return d`<div class="prices" role="img" aria-label="${t("price")} ${c}">
    <small class="dim">${t("price")}<br />${c}</small>
    ${o.map(m=>{let u=100*((m.price??0)-l)/(i-l);return d`<span title=${b(m.price,3,s)} style="height: ${u.toFixed(1)}%; ${Bn(m,r)}"></span>`})}
  </div>`}function Bn(n,e){let t=Math.max(R(e,n.startMs)/10,0),s=Math.min(R(e,n.endMs)/10,100);return`left: ${t.toFixed(2)}%; width: ${Math.max(s-t,0).toFixed(2)}%`}var jn=f`
  .top {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 12px;
  }
  .choices {
    flex: 0 1 240px;
  }
  .choices button {
    min-height: 32px;
  }
  .readout {
    display: flex;
    flex-wrap: wrap;
    align-content: flex-start;
    gap: 0 12px;
    height: 2.8em;
    margin: 8px 0 6px;
    overflow: hidden;
    font-size: 13px;
  }
  .readout b {
    font-weight: 500;
  }
  .readout i {
    display: inline-block;
    width: 9px;
    height: 9px;
    margin-inline-end: 4px;
    border-radius: 2px;
  }
  .picture {
    position: relative;
    height: 190px;
    touch-action: pan-y;
  }
  svg {
    display: block;
    width: 100%;
    height: 100%;
    overflow: visible;
  }
  svg * {
    vector-effect: non-scaling-stroke;
  }
  .layer {
    opacity: 0.85;
  }
  .tick {
    stroke: var(--fb-line);
    stroke-width: 1;
  }
  .limit {
    stroke: var(--fb-bad);
    stroke-width: 1.5;
    stroke-dasharray: 6 4;
  }
  .grid,
  .sun {
    fill: none;
    stroke-width: 1.8;
    stroke-linejoin: round;
  }
  .cursor {
    stroke: var(--fb-dim);
    stroke-width: 1;
  }
  .y,
  .limit-name {
    position: absolute;
    padding: 0 3px;
    border-radius: 3px;
    font-size: 11px;
    line-height: 14px;
    transform: translateY(-50%);
    color: var(--fb-text);
    background: color-mix(in srgb, var(--fb-card) 75%, transparent);
    pointer-events: none;
  }
  .y {
    inset-inline-start: 0;
  }
  .limit-name {
    inset-inline-end: 0;
    transform: translateY(-100%);
  }
  @container (min-width: 1250px) {
    .picture {
      height: 260px;
    }
  }
  .mark {
    position: absolute;
    top: -2px;
    width: 0;
    margin-inline-start: -5px;
    border: 5px solid transparent;
    border-top-color: var(--fb-warn);
  }
  .mark.blind,
  .mark.escalated {
    border-top-color: var(--fb-bad);
  }
  .mark.recovered {
    border-top-color: var(--fb-good);
  }
  .times {
    position: relative;
    height: 16px;
    font-size: 11.5px;
    color: var(--fb-dim);
    overflow: hidden;
  }
  .times span {
    position: absolute;
    transform: translateX(-50%);
  }
  .lane {
    position: relative;
    height: 16px;
    margin-top: 3px;
    background: var(--fb-track);
    border-radius: 4px;
  }
  .lane small {
    display: block;
    padding-inline-start: 4px;
    font-size: 11px;
    line-height: 16px;
  }
  .lane span {
    position: absolute;
    inset-block: 0;
    border-radius: 4px;
    background: var(--c);
  }
  .prices {
    position: relative;
    height: 44px;
    margin-top: 8px;
  }
  .prices span {
    position: absolute;
    bottom: 0;
    background: color-mix(in srgb, var(--fb-accent) 55%, transparent);
  }
  .prices small {
    font-size: 11.5px;
    line-height: 1.3;
  }
  .events {
    margin: 8px 0 0;
    padding: 0;
    list-style: none;
    font-size: 13px;
  }
  .events li {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .events i {
    display: inline-block;
    width: 8px;
    height: 8px;
    margin-inline-end: 6px;
    border-radius: 50%;
    background: var(--fb-warn);
  }
  .events .blind,
  .events .escalated {
    background: var(--fb-bad);
  }
  .events .recovered {
    background: var(--fb-good);
  }
`;var ft=class extends _{static{this.properties={shown:{attribute:!1},say:{attribute:!1},language:{},zone:{},view:{state:!0},at:{state:!0}}}static{this.styles=[w,jn]}constructor(){super(),this.view=M,this.at=-1}render(){let{say:e,view:t}=this,s=[M,...this.shown.phases.length>1?this.shown.phases:[]],r=Ln(this.shown.looks,t),o=In(r,this.limits()),a=Wn(this.limits(),o),{nowMs:i,hours:l,prices:c,loads:m}=this.shown,u=sn(i,l,c,m),h={fromMs:i-l*z,toMs:u,scale:o};return d`
      <div class="top">
        <h3>${e("today")}</h3>
        ${s.length>1?d`<div class="choices">
              ${s.map($=>d`<button aria-pressed=${$===t?"true":"false"} @click=${()=>this.turn($)}>
                  ${$===M?e("total"):$}
                </button>`)}
            </div>`:p}
      </div>
      ${this.readout(r)} ${this.picture(r,h,a)} ${zn({...this.shown,say:e,language:this.language},h)} ${this.happenings()}
    `}turn(e){this.view=e,this.at=-1}limits(){let e=this.view===M?this.shown.targetW:this.shown.fuseA;return e===null?[]:[e]}unit(e){return this.view===M?k(e,this.language):E(e,this.language)}readout(e){let t=this.at<0?e.times.length-1:Math.min(this.at,e.times.length-1),s=e.times[t];if(s===void 0)return d`<p class="readout dim">${this.say("no_history")}</p>`;let r=this.at<0?this.say("now"):ce(s,this.language,this.zone),o=e.lines.find(i=>i.key==="grid")?.values[t]??null,a=e.layers.flatMap(i=>{let l=i.spans[t],c=l==null?0:l[1]-l[0];return c>0?[{layer:i,height:c}]:[]});return d`<p class="readout">
      <span>${r}</span><b>${this.say("grid")} ${this.unit(o)}</b>
      ${a.map(({layer:i,height:l})=>d`<span><i style="background: ${i.colour}"></i>${i.title||this.say(i.key==="house"?"house":"battery")} ${this.unit(l)}</span>`)}
    </p>`}picture(e,t,s){let r=this.at<0?this.shown.nowMs:e.times[this.at]??this.shown.nowMs,{low:o,high:a}=t.scale,i=l=>100*(1-(l-o)/(a-o));return d`
      <div
        class="picture"
        role="slider"
        tabindex="0"
        aria-label="${this.say("today")}, ${this.view===M?this.say("total"):this.view}"
        aria-valuemin="0"
        aria-valuemax=${Math.max(e.times.length-1,0)}
        aria-valuenow=${this.at<0?Math.max(e.times.length-1,0):this.at}
        aria-valuetext=${ce(r,this.language,this.zone)}
        @pointermove=${l=>this.point(l,e,t)}
        @pointerdown=${l=>this.point(l,e,t)}
        @pointerleave=${()=>{this.at=-1}}
        @keydown=${l=>this.key(l,e)}
      >
        <svg viewBox="0 0 ${q} ${ze}" preserveAspectRatio="none" aria-hidden="true">
          ${Un(e,t,s)}
          ${P`<line class="cursor" x1=${R(t,r)} x2=${R(t,r)} y1="0" y2=${ze} />`}
        </svg>
        ${t.scale.ticks.map(l=>d`<span class="y" style="top: ${i(l)}%">${this.tick(l)}${l===a?` ${this.view===M?"kW":"A"}`:""}</span>`)}
        ${s.map(l=>d`<span class="limit-name" style="top: ${i(l)}%"
            >${this.say(this.view===M?"target":"fuse")} ${this.unit(l)}</span
          >`)}
        ${this.shown.events.filter(l=>l.atMs>=t.fromMs).map(l=>d`<span class="mark ${l.kind}" style="left: ${R(t,l.atMs)/10}%" title=${l.message}></span>`)}
      </div>
      <div class="times" aria-hidden="true">${gr(t).map(l=>d`<span style="left: ${R(t,l)/10}%">${ce(l,this.language,this.zone)}</span>`)}</div>
    `}tick(e){let t=this.view===M?e/1e3:e;return b(t,Number.isInteger(t)?0:1,this.language)}point(e,t,s){let r=e.currentTarget.getBoundingClientRect(),o=s.fromMs+(e.clientX-r.left)/r.width*(s.toMs-s.fromMs),a=0;t.times.forEach((i,l)=>{Math.abs(i-o)<Math.abs((t.times[a]??0)-o)&&(a=l)}),this.at=a}key(e,t){let s={ArrowLeft:-1,ArrowRight:1}[e.key];if(s===void 0)return;e.preventDefault();let r=t.times.length-1,o=(this.at<0?r:this.at)+s;this.at=o>=r?-1:Math.max(o,0)}happenings(){return this.shown.events.length===0?p:d`<ul class="events">
      ${this.shown.events.slice(0,3).map(e=>{let t=e.load===""?"":`${e.load.replaceAll("_"," ")} `;return d`<li class="dim" title=${e.message}>
          <i class=${e.kind}></i>${ce(e.atMs,this.language,this.zone)} ${t}${O(this.say,"event",e.kind)}:
          ${e.message}
        </li>`})}
    </ul>`}};function gr(n){let e=Math.max(1,Math.ceil((n.toMs-n.fromMs)/z/6)),t=Math.ceil(n.fromMs/z)*z,s=[];for(let r=t;r<=n.toMs;r+=e*z)s.push(r);return s.filter(r=>R(n,r)>.04*q&&R(n,r)<.97*q)}x("fusebox-card-today",ft);var Dn=f`
  .row {
    display: grid;
    grid-template-columns: 24px minmax(0, 1fr) 66px;
    gap: 10px;
    align-items: center;
    height: 40px;
  }
  .sub .row {
    height: 28px;
  }
  .phase {
    font-weight: 500;
  }
  .bar {
    position: relative;
    height: 22px;
  }
  .sub .bar {
    height: 12px;
  }
  .track,
  .bar span {
    position: absolute;
    inset-block: 0;
    transition:
      left 0.6s,
      width 0.6s;
  }
  .track {
    background: var(--fb-track);
    border-radius: 5px;
  }
  .segment {
    background: var(--c);
    box-shadow: inset -1px 0 var(--fb-card);
  }
  .bar .free {
    box-sizing: border-box;
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    padding-inline: 6px;
    overflow: hidden;
    font-size: 12px;
    line-height: 22px;
    white-space: nowrap;
    color: color-mix(in srgb, var(--fb-dim) 60%, var(--fb-text));
    transition: none;
  }
  /* Where the words do not fit beside this, they wrap to where they are not seen. */
  .bar .free::before {
    content: "";
    height: 22px;
    width: 4px;
  }
  .bar .own {
    inset-block: auto -4px;
    height: 3px;
    border-radius: 2px;
    background: var(--c);
  }
  .bar .export {
    background: color-mix(in srgb, var(--c) 40%, var(--fb-card));
  }
  .bar .fuse {
    width: 3px;
    margin-inline-start: -1.5px;
    inset-block: -4px;
    border-radius: 2px;
    background: var(--fb-text);
  }
  .bar .zero {
    width: 1px;
    inset-block: -3px;
    background: var(--fb-dim);
  }
  .bar .beyond {
    background: repeating-linear-gradient(-45deg, var(--fb-bad) 0 4px, transparent 4px 7px);
  }
  .over .fuse {
    background: var(--fb-bad);
  }
  .over .number b {
    color: var(--fb-bad);
  }
  .number b {
    font-size: 16px;
    font-weight: 500;
  }
  .number small {
    display: block;
    font-size: 12px;
    line-height: 1.2;
    color: var(--fb-dim);
  }
  .sub .number b {
    font-size: 14px;
  }
  h3 {
    margin-top: 6px;
    font-size: 13px;
  }
  .axis {
    position: relative;
    height: 16px;
    font-size: 11.5px;
    color: var(--fb-dim);
  }
  .axis span {
    position: absolute;
    transform: translateX(-50%);
    white-space: nowrap;
    --mdc-icon-size: 14px;
  }
  .scale {
    height: 16px;
  }
`;var ht={sun:{icon:"mdi:white-balance-sunny",colour:W},battery:{icon:"mdi:battery-medium",colour:ee}},gt=class extends _{static{this.properties={wires:{attribute:!1},axis:{attribute:!1},say:{attribute:!1},language:{},voltage:{type:Number},own:{}}}static{this.styles=[w,Dn]}render(){return d`${this.wires.map(e=>this.wire(e))}`}wire(e){let t=e.name==="main",s=`${b(e.fuseA,e.fuseA%1===0?0:1,this.language)} A`;return d`<section class=${t?"main":"sub"}>
      ${t?p:d`<h3>${e.name.replaceAll("_"," ")} <span class="dim">${s}</span></h3>`}
      ${e.bars.map(r=>this.bar(r,t))}
      ${t?this.scale(e.fuseA,s):p}
    </section>`}bar(e,t){return d`<div class="row ${e.over?"over":""}">
      <span class="phase">${e.phase}</span>
      <div class="bar" role="img" aria-label=${this.told(e)}>
        <div class="track" style=${this.place(Math.max(this.axis.leftA,-e.fuseA),e.fuseA)}></div>
        ${t?this.free(e):p}
        ${e.segments.map(s=>d`<span
            class="segment"
            title="${this.called(s)} ${E(s.toA-s.fromA,this.language)}"
            style="--c: ${s.colour}; ${this.place(s.fromA,s.toA)}"
          ></span>`)}
        ${this.made(e)} ${e.beyondA===null?p:d`<span class="beyond" style=${this.place(...e.beyondA)}></span>`}
        ${this.axis.leftA<0?d`<span class="zero" style="left: ${this.percent(0)}%"></span>`:p}
        ${this.axis.leftA<=-e.fuseA?d`<span class="fuse" style="left: ${this.percent(-e.fuseA)}%"></span>`:p}
        <span class="fuse" style="left: ${this.percent(e.fuseA)}%"></span>
      </div>
      <span class="number">
        <b>${E(e.flowA,this.language)}</b>
        ${t?d`<small>${k(e.flowA===null?null:e.flowA*this.voltage,this.language)}</small>`:p}
      </span>
    </div>`}free({flowA:e,freeA:t,fuseA:s,over:r}){if(e===null||t===null||r)return p;let o=`${b(t,0,this.language)} A ${this.say("free")}`;return d`<span class="free" style=${this.place(Math.max(e,0),s)}>${o}</span>`}made({ownA:e,exportA:t}){if(e<pe)return p;let{colour:s}=ht[this.own],r=`${this.say("export")} ${E(t,this.language)}`;return d`
      ${t<pe?p:d`<span class="export" title=${r} style="--c: ${J}; ${this.place(-t,0)}"></span>`}
      <span class="own" style="--c: ${s}; ${this.place(-e,0)}"></span>
    `}scale(e,t){return d`<div class="row scale" aria-hidden="true">
      <span></span>
      <div class="axis">
        ${this.axis.leftA<0?d`<span style="left: ${this.percent(this.axis.leftA/2)}%; color: ${ht[this.own].colour}"><ha-icon icon=${ht[this.own].icon}></ha-icon></span>
              <span style="left: ${this.percent(0)}%">0</span>`:p}
        <span style="left: ${this.percent(e)}%">${t}</span>
      </div>
    </div>`}percent(e){let{leftA:t,rightA:s}=this.axis;return Math.round(1e4*(Math.min(Math.max(e,t),s)-t)/(s-t))/100}place(e,t){let s=this.percent(e);return`left: ${s}%; width: ${(this.percent(t)-s).toFixed(2)}%`}called(e){return e.title||this.say("house")}told(e){let{say:t,language:s}=this,r=e.segments.map(i=>`${this.called(i)} ${E(i.toA-i.fromA,s)}`),o=e.exportA<pe?"":`${t("export")} ${E(e.exportA,s)}`,a=e.freeA===null?"":`${E(Math.abs(e.freeA),s)} ${t(e.freeA<0?"over":"free")}`;return[`${e.phase} ${E(e.flowA,s)} ${t("of_fuse",E(e.fuseA,s))}`,...r,o,a].filter(i=>i!=="").join(", ")}};x("fusebox-card-wire",gt);var yr=new Set(["limited","shed","blind","recovered","escalated"]);async function Kn(n,e){try{let t=await n.callWS({type:"logbook/get_events",start_time:new Date(e).toISOString(),entity_ids:[F]});return br(t)}catch{return[]}}function br(n){return n.flatMap(({when:t,name:s="",message:r=""})=>{let[o=""]=r.split(":",1);if(t===void 0||!yr.has(o))return[];let a=s.replace(/^Fusebox ?/,"");return[{atMs:t*1e3,kind:o,load:a==="site"?"":a,message:r.slice(o.length+1).trim()}]}).sort((t,s)=>s.atMs-t.atMs)}var Gn=72;function yt(n,e){let t=e*36e5/Gn,s=Math.floor(n/t)*t;return Array.from({length:Gn},(r,o)=>s-o*t)}async function Vn(n,e,t){let s=await n.callWS({type:"history/history_during_period",start_time:new Date(e).toISOString(),end_time:new Date(e+1).toISOString(),entity_ids:[F,...t],significant_changes_only:!1});return _r(s,e,t)}function _r(n,e,t){let s={};for(let[r,o]of Object.entries(n)){let a=o[0];a!==void 0&&(s[r]={entity_id:r,state:a.s,attributes:a.a??{},last_changed:""})}return s[F]===void 0?null:bt(s,e,t)}function bt(n,e,t){let s=Oe(n),r=t.flatMap((o,a)=>{let i=n[o];return i===void 0?[]:[He(i,s,a,n)]});return{atMs:e,site:s,loads:r}}var fe=new Map,_t=4,vr=1e3;function Yn(n,e,t){return yt(e,t).map(s=>fe.get(vt(n,s))).filter(s=>s!=null).reverse()}async function qn(n,e,t,s,r){let o=yt(t,s).filter(a=>!fe.has(vt(e,a)));fe.size>vr&&fe.clear();for(let a=0;a<o.length;a+=_t){let i=o.slice(a,a+_t);try{let l=await Promise.all(i.map(c=>Vn(n,c,e)));i.forEach((c,m)=>fe.set(vt(e,c),l[m]??null))}catch{return!1}a%(_t*6)===0&&r()}return o.length>0&&r(),!0}function vt(n,e){return`${n.join(" ")} ${e}`}var xr=1e4,wr=6e4,Be=class{constructor(e){this.host=e;this.past=[];this.events=[];this.last=null;this.asked={atMs:0,hours:0};this.asking=!1}shown(e,t,s){let r=Date.now();if(this.ask(e,t,s,r),this.last===null||this.last.hours!==s||r-this.last.nowMs>xr){let{site:o,loads:a,tariff:i}=e;this.last={looks:[...this.past,bt(t.states,r,o.loads)],loads:a,events:this.events,prices:rn(t.states),priceUnit:e.priceUnit,phases:o.phases,targetW:i?.targetKw==null?null:i.targetKw*1e3,fuseA:o.fuseA,hours:s,nowMs:r}}return this.last}async ask({site:e},t,s,r){let o=r-this.asked.atMs<wr&&this.asked.hours===s;if(this.asking||o)return;this.asking=!0,this.asked={atMs:r,hours:s};let a=()=>{this.past=Yn(e.loads,r,s),this.last=null,this.host.requestUpdate()};this.events=await Kn(t,r-s*36e5),await qn(t,e.loads,r,s,a),this.asking=!1,a()}};var $r=3,kr=6,xt=class extends _{constructor(){super();this.seen={link:"whole",startingMs:0};this.axis=null;this.asking=new Ae(this);this.source=new Be(this);this.house=null}static{this.properties={config:{state:!0},house:{state:!0},link:{state:!0}}}static{this.styles=[w,bn]}setConfig(t){let{hours:s}=t;if(s!==void 0&&!(s>=1&&s<=48))throw new Error(`hours: ${s} is not from 1 to 48`);this.config=t}set hass(t){this.current=t,this.house=mn(t.states,this.house),this.lookAtLink(),this.asking.settle()}static getConfigForm(){return On(Zn())}static getStubConfig(){return{}}getCardSize(){return 12}getGridOptions(){return{columns:"full",min_columns:6}}connectedCallback(){super.connectedCallback(),this.timer=setInterval(()=>{this.asking.settle(),this.lookAtLink()},1e3)}disconnectedCallback(){super.disconnectedCallback(),clearInterval(this.timer)}render(){let{house:t,current:s}=this;if(t===null||s===void 0)return p;let{site:r,loads:o}=t,a=ue(s.language),i=s.language,l=gn(r,o);return this.axis=yn(l,this.axis),d`<ha-card>
      <div class="parts ${this.link}">
        <section class="wire">
          <fusebox-card-head .site=${r} .say=${a} .heading=${this.config.title??""} .link=${this.link}></fusebox-card-head>
          ${r.phases.length===0?p:d`<fusebox-card-flow .site=${r} .flow=${Re(r,o)} .say=${a} .language=${i}></fusebox-card-flow>
                <fusebox-card-wire
                  .wires=${l}
                  .axis=${this.axis}
                  .say=${a}
                  .language=${i}
                  .voltage=${r.voltageV}
                  .own=${Qt(r)}
                ></fusebox-card-wire>`}
          ${t.tariff===null?p:d`<fusebox-card-tariff .tariff=${t.tariff} .say=${a} .language=${i}></fusebox-card-tariff>`}
        </section>
        ${r.state==="missing"?p:d`<section class="loads">${this.loads(t,a,i)}</section>`}
        ${this.config.hide_today===!0||r.phases.length===0?p:d`<section class="today">${this.today(t,s,a)}</section>`}
      </div>
      ${Jt(r,"1.0.0")?d`<footer>${a("versions","1.0.0",r.version)}</footer>`:p}
    </ha-card>`}loads({loads:t,groups:s,priceUnit:r},o,a){let i=this.config.controls??"auto",l=i==="always"||i==="auto"&&t.length<=$r;return d`
      ${t.map(c=>d`<fusebox-card-load
          .load=${c}
          .asks=${this.asking.asks}
          .priceUnit=${r}
          .say=${o}
          .language=${a}
          .pinned=${l}
        ></fusebox-card-load>`)}
      ${t.length===0?d`<p class="dim">${o("no_loads")}</p>`:p}
      ${s.map(c=>d`<fusebox-card-radiators .group=${c} .say=${o}></fusebox-card-radiators>`)}
    `}today(t,s,r){return d`<fusebox-card-today
      .shown=${this.source.shown(t,s,this.config.hours??kr)}
      .say=${r}
      .language=${s.language}
      .zone=${s.config?.time_zone}
    ></fusebox-card-today>`}lookAtLink(){this.current!==void 0&&(this.seen=qt(this.current,this.seen,Date.now()),this.link=this.seen.link)}};function Zn(){return document.documentElement.lang||"en"}x("fusebox-card",xt);var Ar=window.customCards??=[],Xn=ue(Zn());Ar.push({type:"fusebox-card",name:Xn("name"),description:Xn("description"),preview:!0});export{xt as FuseboxCard};
